package io.millrace.gateway;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL for ledgers: one server for all tests, which use databases of their own in it. */
final class LedgerDatabase {
    static final String PASSWORD = "ledger-password-never-shown";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static @Nullable LedgerDatabase shared;

    private final Path folder;
    private final int port;
    private Process program;

    LedgerDatabase() throws IOException {
        folder = Files.createTempDirectory("millrace-ledger");
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        program = run();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        awaitUp();
    }

    static synchronized LedgerDatabase shared() throws IOException {
        if (shared == null) {
            shared = new LedgerDatabase();
        }
        return shared;
    }

    /** A program in a JVM of its own; it ends when its input is closed. */
    static Process run(String main, Path settings, Path log) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx180m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main,
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        command.environment().put("MILLRACE_SUPERVISED", "true");
        return command.start();
    }

    /** An empty database and its address. */
    String create() throws SQLException {
        String name = "ledger_" + NAMES.incrementAndGet();
        try (Connection connection = connect(url("app"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "postgres", PASSWORD);
    }

    /** The first column of the query's rows, as text, joined by commas. */
    String text(String url, String query) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            StringBuilder all = new StringBuilder();
            while (row.next()) {
                all.append(all.length() == 0 ? "" : ",").append(row.getString(1));
            }
            return all.toString();
        }
    }

    void stop() throws IOException {
        program.getOutputStream().close();
        program.onExit().join();
    }

    void start() throws IOException {
        program = run();
        awaitUp();
    }

    private Process run() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                "port: " + port + "\ndataDirectory: " + folder + "\npassword: " + PASSWORD + "\n");
        return run("io.millrace.sourcedb.SourceDb", settings, folder.resolve("program.log"));
    }

    private void awaitUp() {
        await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
            connect(url("app")).close();
            return true;
        });
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** At once: a shutdown would first write the databases of all tests to the disk. */
    private void end() {
        try {
            Path postmaster;
            try (Stream<Path> paths = Files.walk(folder)) {
                postmaster = paths.filter(path -> path.endsWith("postmaster.pid"))
                        .findFirst()
                        .orElseThrow();
            }
            ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).get(0)))
                    .ifPresent(ProcessHandle::destroyForcibly);
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
