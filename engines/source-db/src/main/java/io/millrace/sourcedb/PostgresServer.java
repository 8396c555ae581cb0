package io.millrace.sourcedb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PostgreSQL server as a child process in the foreground: logical decoding on, fsync on, passwords required. A
 * server that a killed predecessor left behind on the same data directory is stopped first; {@code cluster_name} says
 * whose a server is.
 */
final class PostgresServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final SourceDbSettings settings;
    private final Path programs;
    private final Path data;
    private final Process server;
    private volatile boolean closing;

    private PostgresServer(SourceDbSettings settings) throws IOException, InterruptedException {
        this.settings = settings;
        Path root = settings.dataDirectory().toAbsolutePath();
        Files.createDirectories(root);
        this.programs = PostgresBinaries.unpackInto(root.resolve("postgresql"));
        this.data = root.resolve("data");
        initializeOnce(root);
        stopLeftover();
        this.server = inherit(command(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(settings.port()),
                        "-c",
                        "listen_addresses=" + settings.host(),
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "fsync=on",
                        "-c",
                        "max_wal_senders=8",
                        "-c",
                        "max_replication_slots=8",
                        "-c",
                        "max_connections=60",
                        "-c",
                        "shared_buffers=" + settings.sharedBuffersMebibytes() + "MB",
                        "-c",
                        "cluster_name=source-db " + ProcessHandle.current().pid(),
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "log_timezone=UTC"))
                .start();
    }

    /**
     * Starts the server and waits until it answers; if it ends later by itself, {@code onExit} runs.
     *
     * @throws IOException naming the data directory when the server does not come up
     */
    static PostgresServer start(SourceDbSettings settings, Runnable onExit) throws IOException, InterruptedException {
        PostgresServer running = new PostgresServer(settings);
        running.awaitReady();
        for (String database : settings.databases()) {
            running.createDatabaseOnce(database);
        }
        running.server.onExit().thenRun(() -> {
            if (!running.closing) {
                log.error("postgres ended by itself with exit code {}", running.server.exitValue());
                onExit.run();
            }
        });
        return running;
    }

    private void initializeOnce(Path root) throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path password = Files.createTempFile(
                root,
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(password, settings.password() + "\n");
            Process initdb = inherit(command(
                            "initdb",
                            "-D",
                            data.toString(),
                            "-U",
                            settings.user(),
                            "--encoding=UTF8",
                            "--locale=C",
                            "--auth=scram-sha-256",
                            "--pwfile=" + password))
                    .start();
            if (initdb.waitFor() != 0) {
                throw new IOException("initdb of " + data + " failed with exit code " + initdb.exitValue()
                        + ": see the lines above; an unfinished folder must be removed before the next start");
            }
        } finally {
            Files.delete(password);
        }
    }

    private void stopLeftover() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
        if (ProcessHandle.of(pid).filter(this::isPostgres).isPresent()) {
            log.info("stopping postgres {} left behind on {}", pid, data);
            // As a crash, from which it recovers: in order it would wait for whoever reads its log.
            stop("immediate");
        }
    }

    private boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.contains("postgres"))
                .orElse(false);
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Connection ignored = connect("postgres")) {
                return;
            } catch (SQLException e) {
                if (!server.isAlive() || isWrongPassword(e) || System.nanoTime() > deadline) {
                    close();
                    throw new IOException("postgres on " + data + " did not come up: " + e.getMessage(), e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean isWrongPassword(SQLException e) {
        return Objects.equals(e.getSQLState(), "28P01");
    }

    private void createDatabaseOnce(String database) throws IOException {
        try (Connection connection = connect("postgres");
                PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement create = connection.createStatement()) {
            query.setString(1, database);
            try (ResultSet found = query.executeQuery()) {
                if (!found.next()) {
                    create.execute("CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
                }
            }
        } catch (SQLException e) {
            throw new IOException("database " + database + " cannot be created: " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + database,
                settings.user(),
                settings.password());
    }

    private void stop(String mode) throws IOException, InterruptedException {
        inherit(command("pg_ctl", "stop", "-s", "-w", "-m", mode, "-t", "30", "-D", data.toString()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            stop("fast");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it sees another user. */
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.add("unshare");
            command.add("-U");
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProcessBuilder inherit(List<String> command) {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }
}
