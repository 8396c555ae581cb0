package io.millrace.sql;

import io.millrace.service.Program;
import io.millrace.sql.engine.Engine;
import io.millrace.sql.engine.EngineStatistics;
import io.millrace.sql.engine.Limits;
import io.millrace.sql.lake.Lake;
import io.millrace.sql.protocol.Account;
import io.millrace.sql.protocol.MySqlServer;
import io.millrace.sql.session.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: a MySQL-protocol server over one Paimon warehouse. */
public final class LakeSql implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LakeSql.class);

    private final Lake lake;
    private final Engine engine;
    private final Sessions sessions;
    private final MySqlServer server;
    private final Path tempDirectory;

    private LakeSql(Lake lake, Engine engine, Sessions sessions, MySqlServer server, Path tempDirectory) {
        this.lake = lake;
        this.engine = engine;
        this.sessions = sessions;
        this.server = server;
        this.tempDirectory = tempDirectory;
    }

    public static void main(String[] arguments) {
        Program.run("lake-sql", LakeSqlSettings.class, arguments, LakeSql::start);
    }

    public static LakeSql start(LakeSqlSettings settings) throws IOException, SQLException {
        Lake lake = Lake.open(settings.catalog(), settings.warehouse(), settings.objectStore());
        Path tempParent = Path.of(settings.tempDirectory());
        Files.createDirectories(tempParent);
        Path tempDirectory = Files.createTempDirectory(tempParent, "run-");
        Engine engine =
                Engine.start(lake, new Limits(settings.memoryLimitMebibytes(), settings.threads(), tempDirectory));
        Sessions sessions = new Sessions(engine, settings.queryTimeoutSeconds());
        MySqlServer server = MySqlServer.listen(
                settings.host(),
                settings.port(),
                sessions,
                new Account(settings.user(), settings.password()),
                settings.maxConnections());
        log.info("serving {} as {} on {}:{}", lake.root(), lake.name(), settings.host(), server.port());
        return new LakeSql(lake, engine, sessions, server, tempDirectory);
    }

    public int port() {
        return server.port();
    }

    public EngineStatistics statistics() {
        return engine.statistics();
    }

    @Override
    public void close() throws IOException, SQLException {
        server.close();
        sessions.close();
        engine.close();
        lake.close();
        delete(tempDirectory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
