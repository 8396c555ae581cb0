package io.millrace.api;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.millrace.api.changes.ChangeParts;
import io.millrace.api.endpoint.Answers;
import io.millrace.api.explain.ExplainHandler;
import io.millrace.api.hot.HotParts;
import io.millrace.api.media.MediaParts;
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
    /** Each holds a thread for as long as its caller takes. */
    private static final int MEDIA_STREAMS = 16;
    /** For the operations paths, which answer whatever the SQL server does. */
    private static final int SPARE_THREADS = 8;

    private final Javalin server;
    private final SqlServer sql;
    private final MediaParts media;
    private final SearchRoute search;
    private final HotParts hot;
    private final ChangeParts changes;
    private final ProgramMetrics metrics;

    private ServingApi(
            Javalin server,
            SqlServer sql,
            MediaParts media,
            SearchRoute search,
            HotParts hot,
            ChangeParts changes,
            ProgramMetrics metrics) {
        this.server = server;
        this.sql = sql;
        this.media = media;
        this.search = search;
        this.hot = hot;
        this.changes = changes;
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
        HotParts hot = HotParts.open(settings.hotStore(), database, tiered, answers::ask);
        ChangeParts changes = ChangeParts.open(database, settings.changes(), hot.tables(), settings.warehouse());
        MediaParts media = MediaParts.open(settings.warehouse(), answers::ask, MEDIA_STREAMS);
        SearchRoute search = null;
        try {
            search = SearchRoute.open(settings.search(), indexes, answers::ask);
            Routes routes = new Routes(
                    folder.getFileName().toString(),
                    endpoints,
                    new ExplainHandler(database, answers::ask),
                    media,
                    search.search(),
                    hot,
                    changes,
                    answers,
                    sql::probe,
                    metrics,
                    new FreshnessMetrics(database, tiered, hot.tables(), changes.lake(), metrics.registry()));
            Javalin server = Javalin.start(config -> configure(config, settings, routes, metrics));
            return new ServingApi(server, sql, media, search, hot, changes, metrics);
        } catch (RuntimeException e) {
            if (search != null) {
                search.close();
            }
            media.close();
            changes.close();
            hot.close();
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
        changes.close();
        server.stop();
        search.close();
        media.close();
        hot.close();
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
        QueuedThreadPool threads =
                new QueuedThreadPool(settings.poolSize() * WAITING_PER_CONNECTION + MEDIA_STREAMS + SPARE_THREADS, 4);
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
