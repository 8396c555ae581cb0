package io.millrace.models;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.millrace.models.operations.Metrics;
import io.millrace.service.Program;
import io.millrace.service.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves small models over HTTP, in OpenAI's protocol. */
public final class LocalModels implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalModels.class);
    /** For health and metrics, and for refusing requests, whatever the models do. */
    private static final int SPARE_THREADS = 16;

    private final Javalin server;
    private final Models models;
    private final Routes routes;
    private final Metrics metrics;

    private LocalModels(Javalin server, Models models, Routes routes, Metrics metrics) {
        this.server = server;
        this.models = models;
        this.routes = routes;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) {
        Program.run("local-models", LocalModelsSettings.class, arguments, settings -> {
            LocalModels started = start(settings);
            started.models.loading().whenComplete((loaded, failure) -> {
                if (failure != null) {
                    System.exit(1);
                }
            });
            return started;
        });
    }

    /**
     * Listens at once and loads the models behind; until then requests are answered with 503.
     *
     * @throws SettingsException when the model's file is not one, or the address cannot be listened on
     */
    public static LocalModels start(LocalModelsSettings settings) {
        ModelFile.check(Path.of(settings.chatModel()));
        long begin = System.nanoTime();
        Metrics metrics = new Metrics();
        Models models = Models.load(settings);
        models.loading().whenComplete((loaded, failure) -> {
            if (failure == null) {
                log.info("models loaded after {} ms", (System.nanoTime() - begin) / 1_000_000);
            } else {
                log.error("the models cannot be loaded: {}", failure.getMessage(), failure);
            }
        });
        Routes routes = new Routes(models, metrics, settings.waiting());
        try {
            Javalin server = Javalin.start(config -> configure(config, settings, routes));
            return new LocalModels(server, models, routes, metrics);
        } catch (JavalinBindException e) {
            metrics.close();
            throw new SettingsException("cannot listen on " + settings.host() + ":" + settings.port()
                    + ": end what listens there or choose others with 'host' and 'port'");
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Waits until the models are loaded. */
    public void awaitLoaded() {
        models.loading().join();
    }

    /** Breaks off the chat answer under way, lets the other requests end, then frees the models. */
    @Override
    public void close() throws Exception {
        models.loading().thenAccept(loaded -> loaded.chat().interrupt());
        server.stop();
        Models.Loaded loaded = models.loading().exceptionally(failure -> null).join();
        if (loaded != null) {
            // Freed under a running generation, the native code would crash.
            routes.chatTurns().take(() -> {}, () -> {
                loaded.chat().close();
                return null;
            });
        }
        metrics.close();
    }

    private static void configure(JavalinConfig config, LocalModelsSettings settings, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(2 * (settings.waiting() + 1) + SPARE_THREADS, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(TimeUnit.SECONDS.toMillis(10));
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.requestLogger.http(
                (context, millis) -> routes.count(context, Duration.ofNanos((long) (millis * 1_000_000.0))));
        routes.addTo(config.routes);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, LocalModelsSettings settings) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        return connector;
    }
}
