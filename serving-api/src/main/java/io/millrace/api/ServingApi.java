package io.millrace.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.millrace.api.endpoint.Answers;
import io.millrace.api.explain.ExplainHandler;
import io.millrace.api.problem.ProblemErrorHandler;
import io.millrace.api.sql.SqlServer;
import io.millrace.api.sql.SqlSettings;
import io.millrace.app.App;
import io.millrace.app.AppException;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFolder;
import io.millrace.app.search.SearchIndex;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Program;
import io.millrace.service.SettingsException;
import io.millrace.service.metrics.ProgramMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves an app's endpoints over HTTP. */
public final class ServingApi implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServingApi.class);
    private static final int WAITING_PER_CONNECTION = 4;
    /** For the operations paths, which answer whatever the SQL server does. */
    private static final int SPARE_THREADS = 8;

    private final Javalin server;
    private final SqlServer sql;
    private final Parts parts;
    private final ProgramMetrics metrics;

    private ServingApi(Javalin server, SqlServer sql, Parts parts, ProgramMetrics metrics) {
        this.server = server;
        this.sql = sql;
        this.parts = parts;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) {
        Program.run("serving-api", ServingApiSettings.class, arguments, settings -> {
            try {
                return start(settings);
            } catch (AppException e) {
                throw new SettingsException("the app in " + settings.app() + " cannot be served:\n" + e.getMessage());
            }
        });
    }

    /**
     * Starts serving; the SQL server may come later.
     *
     * @throws AppException listing every problem of the app's endpoint files, or of search: in its app.yaml
     * @throws SettingsException when the address cannot be listened on
     */
    public static ServingApi start(ServingApiSettings settings) throws IOException {
        Path folder = Path.of(settings.app()).toAbsolutePath().normalize();
        List<Endpoint> endpoints = EndpointFolder.read(folder);
        List<SearchIndex> indexes = App.search(folder);
        ProgramMetrics metrics = new ProgramMetrics();
        SqlServer sql = new SqlServer(sqlSettings(settings), metrics.registry());
        Answers answers = new Answers(
                sql::query,
                settings.poolSize() * WAITING_PER_CONNECTION,
                settings.cacheMegabytes() * 1024L * 1024L,
                metrics.registry());
        String database = App.database(folder);
        List<TableDefinition> tiered = App.tieredTables(folder);
        Parts parts = null;
        try {
            parts = Parts.open(settings, database, indexes, tiered, answers::ask);
            Routes routes = new Routes(
                    folder.getFileName().toString(),
                    endpoints,
                    new ExplainHandler(database, answers::ask),
                    parts,
                    answers,
                    sql::probe,
                    metrics,
                    new FreshnessMetrics(
                            database,
                            tiered,
                            parts.hot().tables(),
                            parts.changes().lake(),
                            metrics.registry()));
            Javalin server = Javalin.start(config -> configure(config, settings, routes, metrics));
            return new ServingApi(server, sql, parts, metrics);
        } catch (RuntimeException e) {
            if (parts != null) {
                parts.changes().close();
                parts.close();
            }
            sql.close();
            metrics.close();
            throw e instanceof JavalinBindException
                    ? new SettingsException("cannot listen on " + settings.host() + ":" + settings.port()
                            + ": end what listens there or choose others with 'host' and 'port'")
                    : e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Lets the requests under way end, then ends. */
    @Override
    public void close() {
        parts.changes().close();
        server.stop();
        parts.close();
        sql.close();
        metrics.close();
    }

    private static SqlSettings sqlSettings(ServingApiSettings settings) {
        return new SqlSettings(
                settings.sqlUrl(),
                settings.sqlUser(),
                settings.sqlPassword(),
                settings.poolSize(),
                settings.maxRows(),
                settings.queryTimeoutSeconds());
    }

    private static void configure(
            JavalinConfig config, ServingApiSettings settings, Routes routes, ProgramMetrics metrics) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(
                settings.poolSize() * WAITING_PER_CONNECTION + Parts.MEDIA_STREAMS + SPARE_THREADS, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setErrorHandler(new ProblemErrorHandler());
            server.setStopTimeout(TimeUnit.SECONDS.toMillis(10));
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.requestLogger.http((context, millis) -> {
            metrics.request("endpoint", Routes.name(context), context.statusCode(), Duration.ofNanos((long)
                    (millis * 1_000_000.0)));
            log.debug("{} {} {} {} ms", context.method(), context.path(), context.statusCode(), millis);
        });
        routes.addTo(config.routes);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, ServingApiSettings settings) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }
}
