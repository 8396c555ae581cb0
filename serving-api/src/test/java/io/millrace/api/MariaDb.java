package io.millrace.api;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A MariaDB server of its own, on a free port, for tests that need real answers. Needs Debian's mariadb-server. */
public final class MariaDb implements AutoCloseable {
    public static final String NEEDED = "no MariaDB server here: apt-get install mariadb-server to run this test";

    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALLER = Path.of("/usr/bin/mariadb-install-db");

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

    public static MariaDb start(Path folder) throws Exception {
        run(
                folder,
                INSTALLER.toString(),
                "--no-defaults",
                "--datadir=" + folder.resolve("data"),
                "--user=" + System.getProperty("user.name"),
                "--auth-root-authentication-method=normal",
                "--skip-test-db");
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
                        "--innodb-buffer-pool-size=16M")
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
