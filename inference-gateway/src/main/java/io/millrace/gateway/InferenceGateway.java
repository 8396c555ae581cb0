package io.millrace.gateway;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.Gauge;
import io.millrace.gateway.call.CallLimits;
import io.millrace.gateway.call.Calls;
import io.millrace.gateway.http.MalformedRequests;
import io.millrace.gateway.ledger.Ledger;
import io.millrace.gateway.ledger.LedgerSettings;
import io.millrace.gateway.provider.Provider;
import io.millrace.gateway.provider.Providers;
import io.millrace.service.Program;
import io.millrace.service.SettingsException;
import io.millrace.service.metrics.ProgramMetrics;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An OpenAI-compatible gateway with a ledger: a finished model call is never paid twice.
 *
 * <p>Calls in flight hold no thread: requests are answered asynchronously, providers are asked by an asynchronous
 * client, and only statements of the ledger block, on as many threads as it has connections.
 */
public final class InferenceGateway implements AutoCloseable {
    private static final int HTTP_THREADS = 24;
    /** A little more than may be: what is too large is refused by the handler, which says so. */
    private static final int MAX_RECORDING_MEGABYTES = 26;

    private final Javalin server;
    private final Calls calls;
    private final Providers providers;
    private final Ledger ledger;
    private final ProgramMetrics metrics;
    private final Duration shutdown;

    private InferenceGateway(InferenceGatewaySettings settings, Map<String, String> environment) {
        metrics = new ProgramMetrics();
        shutdown = Duration.ofSeconds(settings.shutdownSeconds());
        providers = new Providers(settings.models(), environment, settings.maxAnswerKilobytes() * 1024L);
        ledger = new Ledger(
                new LedgerSettings(
                        settings.ledgerUrl(),
                        settings.ledgerUser(),
                        settings.ledgerPassword(),
                        settings.ledgerPoolSize(),
                        settings.ledgerRetrySeconds()),
                metrics.registry());
        CallLimits limits = new CallLimits(
                settings.maxAttempts(),
                settings.queueSeconds(),
                settings.revisionSeconds(),
                settings.cacheMegabytes() * 1024L * 1024L);
        Map<String, Provider> byAlias = providers.byAlias();
        calls = new Calls(
                limits,
                byAlias,
                ledger,
                providers.retries(settings.maxTries(), Duration.ofSeconds(settings.retrySeconds())),
                providers.timer(),
                metrics.registry());
        Gauge.builder("millrace.gateway.calls.in.flight", calls, Calls::inFlight)
                .description("Different calls in flight")
                .register(metrics.registry());
        try {
            server = Javalin.start(config -> configure(config, settings));
        } catch (JavalinBindException e) {
            closeParts();
            throw new SettingsException("cannot listen on " + settings.host() + ":" + settings.port()
                    + ": end what listens there or choose others with 'host' and 'port'");
        }
    }

    public static void main(String[] arguments) {
        Program.run(
                "inference-gateway",
                InferenceGatewaySettings.class,
                arguments,
                settings -> start(settings, System.getenv()));
    }

    /**
     * Starts answering; the ledger and the providers may come later.
     *
     * @param environment where the providers' keys are
     * @throws SettingsException when the address cannot be listened on or a key's variable is not set
     */
    public static InferenceGateway start(InferenceGatewaySettings settings, Map<String, String> environment) {
        return new InferenceGateway(settings, environment);
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Lets the calls in flight end, whether or not their callers are still there, then ends. */
    @Override
    public void close() {
        calls.end(shutdown);
        server.stop();
        closeParts();
    }

    private void closeParts() {
        providers.close();
        ledger.close();
        metrics.close();
    }

    private void configure(JavalinConfig config, InferenceGatewaySettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = settings.maxBodyKilobytes() * 1024L;
        config.jetty.multipartConfig.maxInMemoryFileSize(64, SizeUnit.KB);
        config.jetty.multipartConfig.maxFileSize(MAX_RECORDING_MEGABYTES, SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(MAX_RECORDING_MEGABYTES + 1, SizeUnit.MB);
        // Compressed chunks would wait for more of their kind.
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(jetty -> {
            jetty.setHandler(new GracefulHandler());
            jetty.setErrorHandler(new MalformedRequests());
            jetty.setStopTimeout(shutdown.toMillis());
        });
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((jetty, http) -> connector(jetty, http, settings));
        config.requestLogger.http((context, millis) -> metrics.request(
                "route", Routes.name(context), context.statusCode(), Duration.ofNanos((long) (millis * 1_000_000.0))));
        new Routes(settings, calls, ledger, metrics, threads).addTo(config.routes);
    }

    private static ServerConnector connector(Server jetty, HttpConfiguration http, InferenceGatewaySettings settings) {
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        // Calls in flight are waited for before; what is left are connections kept alive.
        connector.setShutdownIdleTimeout(100);
        return connector;
    }
}
