package io.millrace.api;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A MariaDB server of its own, on a free port, for tests that need real answers. Needs Debian's mariadb-server. */
public final class MariaDb implements AutoCloseable {
    public static final String NEEDED = "no MariaDB server here: apt-get install mariadb-server to run this test";

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");

    private static final String LOG_SIZE = "--innodb-log-file-size=8M";

    private static @Nullable MariaDb shared;

    private final Path folder;
    private final int port;
    private Process process;

    private MariaDb(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** For {@code @EnabledIf}: whether there is a server to start. */
    public static boolean installed() {
        return Files.isExecutable(SERVER) && Files.isExecutable(INSTALLER);
    }

    /** One server for all tests that only read and write; it ends with the tests. Each uses databases of its own. */
    public static synchronized MariaDb shared() throws Exception {
        if (shared == null) {
            Path folder = Files.createTempDirectory("millrace-mariadb");
            MariaDb database = start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                database.close();
                delete(folder);
            }));
            shared = database;
        }
        return shared;
    }

    public static MariaDb start(Path folder) throws Exception {
        run(
                folder,
                INSTALLER.toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--user=" + System.getProperty("user.name"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                LOG_SIZE);
        int port = freePort();
        MariaDb database = new MariaDb(folder, port, launch(folder, port));
        database.awaitReady();
        return database;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public String url() {
        return "jdbc:mysql://127.0.0.1:" + port + "/";
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?sslMode=DISABLED", "root", "");
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    public void restart() throws IOException {
        process = launch(folder, port);
        awaitReady();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    execute("SELECT 1");
                    return true;
                });
    }

    private static Process launch(Path folder, int port) throws IOException {
        return process(
                        folder,
                        SERVER.toString(),
                        "--no-defaults",
                        "--datadir=" + folder.resolve("data"),
                        "--user=" + System.getProperty("user.name"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--socket=" + folder.resolve("s"),
                        "--pid-file=" + folder.resolve("pid"),
                        "--skip-name-resolve",
                        "--character-set-server=utf8mb4",
                        "--default-time-zone=+05:00",
                        "--innodb-buffer-pool-size=16M",
                        LOG_SIZE)
                .start();
    }

    private static void run(Path folder, String... command) throws Exception {
        if (process(folder, command).start().waitFor() != 0) {
            throw new IllegalStateException(
                    List.of(command) + " failed:\n" + Files.readString(folder.resolve("server.log")));
        }
    }

    private static ProcessBuilder process(Path folder, String... command) {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()));
    }
}
