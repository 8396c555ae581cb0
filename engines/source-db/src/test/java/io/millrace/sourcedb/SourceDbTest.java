package io.millrace.sourcedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data folder for all tests: unpacking PostgreSQL and making a database take the most time. */
class SourceDbTest {
    private static final String PASSWORD = "s3cret of the test";

    @TempDir
    static Path folder;

    private final int port = freePort();

    @Test
    void logsEveryChangeAndSyncsIt() throws Exception {
        try (PostgresServer server = start(() -> {});
                Connection connection = connect(PASSWORD)) {
            assertThat(server).isNotNull();
            assertThat(value(connection, "SHOW wal_level")).isEqualTo("logical");
            assertThat(value(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(value(connection, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        try (PostgresServer server = start(() -> {})) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> connect("guess"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("password"));
        }
    }

    @Test
    void startWithAnotherPasswordThanTheFirstFailsAtOnce() throws Exception {
        start(() -> {}).close();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> PostgresServer.start(settings("another"), () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.resolve("data").toString())
                .hasMessageContaining("password authentication failed");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThatThrownBy(() -> connect(PASSWORD)).isInstanceOf(SQLException.class);
    }

    @Test
    void dataIsKeptOverCloseAndStart() throws Exception {
        try (PostgresServer server = start(() -> {});
                Connection connection = connect(PASSWORD)) {
            assertThat(server).isNotNull();
            execute(connection, "CREATE TABLE kept (id INT)", "INSERT INTO kept VALUES (1), (2)");
        }
        assertThatThrownBy(() -> connect(PASSWORD)).isInstanceOf(SQLException.class);
        try (PostgresServer server = start(() -> {});
                Connection connection = connect(PASSWORD)) {
            assertThat(server).isNotNull();
            assertThat(value(connection, "SELECT count(*) FROM kept")).isEqualTo("2");
        }
    }

    @Test
    void serverThatAKilledProgramLeftBehindIsStopped() throws Exception {
        Process program = runProgram();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            connect(PASSWORD).close();
            return true;
        });
        ProcessHandle leftover = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                                .get(0)))
                .orElseThrow();
        try (Connection connection = connect(PASSWORD)) {
            assertThat(value(connection, "SHOW cluster_name")).isEqualTo("source-db " + program.pid());
        }
        program.destroyForcibly().waitFor();
        assertThat(leftover.isAlive()).isTrue();
        try (PostgresServer server = start(() -> {});
                Connection connection = connect(PASSWORD)) {
            assertThat(server).isNotNull();
            assertThat(value(connection, "SHOW cluster_name"))
                    .isEqualTo("source-db " + ProcessHandle.current().pid());
            await().atMost(Duration.ofSeconds(10)).until(() -> !leftover.isAlive());
        }
    }

    @Test
    void serverThatEndsByItselfIsToldAndOneThatIsClosedIsNot() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (PostgresServer server = start(ended::countDown)) {
            assertThat(server).isNotNull();
            ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                            .get(0)))
                    .orElseThrow()
                    .destroy();
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        CountDownLatch closed = new CountDownLatch(1);
        start(closed::countDown).close();
        assertThat(closed.getCount()).isEqualTo(1);
    }

    private PostgresServer start(Runnable onExit) throws IOException, InterruptedException {
        return PostgresServer.start(settings(PASSWORD), onExit);
    }

    private SourceDbSettings settings(String password) {
        return new SourceDbSettings("127.0.0.1", port, folder, List.of("app"), "postgres", password, 16);
    }

    /** The program in a JVM of its own, on the same folder. */
    private Process runProgram() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                "port: " + port + "\ndataDirectory: " + folder + "\npassword: " + PASSWORD + "\n");
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SourceDb.class.getName(),
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("program.log").toFile())
                .start();
    }

    private Connection connect(String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/app", "postgres", password);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
