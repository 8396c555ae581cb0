package io.millrace.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The source database as the launcher runs it: one for all tests, which use databases of their own in it. */
final class SourceDatabase {
    static final String PASSWORD = "demo";

    private static @Nullable SourceDatabase shared;

    private final Path folder;
    private final int port;
    private final Process program;

    private SourceDatabase() throws IOException {
        folder = Files.createTempDirectory("millrace-demo");
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                "port: " + port + "\ndataDirectory: " + folder + "\npassword: " + PASSWORD + "\n");
        program = run("io.millrace.sourcedb.SourceDb", settings, folder.resolve("program.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    static synchronized SourceDatabase shared() throws IOException {
        if (shared == null) {
            SourceDatabase database = new SourceDatabase();
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
                database.connect("app").close();
                return true;
            });
            shared = database;
        }
        return shared;
    }

    /** Starts a program of ours in a JVM of its own; it ends when its input is closed. */
    static Process run(String main, Path settings, Path log) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main,
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().put("MILLRACE_SUPERVISED", "true");
        return command.start();
    }

    /** Makes the database empty, whatever was in it. */
    void recreate(String database) throws SQLException {
        try (Connection connection = connect("app");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            statement.execute("CREATE DATABASE " + database);
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "postgres", PASSWORD);
    }

    long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Sessions that wait for the traffic's lock. */
    long waitingForALock() throws SQLException {
        return number("app", "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void end() {
        try {
            program.getOutputStream().close();
            program.onExit().join();
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
