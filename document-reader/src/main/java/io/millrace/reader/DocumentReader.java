package io.millrace.reader;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.millrace.service.Program;
import io.millrace.service.SettingsException;
import io.millrace.service.metrics.ProgramMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Reads files over HTTP, one at a time. A file that takes too long or too much memory ends the program, which whoever
 * started it starts again: so it is a process of its own.
 */
public final class DocumentReader implements AutoCloseable {
    /** For health and metrics, and for refusing requests, whatever the file under way does. */
    private static final int SPARE_THREADS = 8;

    private final Javalin server;
    private final FileReading reading;
    private final ProgramMetrics metrics;

    private DocumentReader(Javalin server, FileReading reading, ProgramMetrics metrics) {
        this.server = server;
        this.reading = reading;
        this.metrics = metrics;
    }

    public static void main(String[] arguments) {
        // No picture is ever shown, and small ones need no cache on disk.
        System.setProperty("java.awt.headless", "true");
        javax.imageio.ImageIO.setUseCache(false);
        Program.run("document-reader", DocumentReaderSettings.class, arguments, DocumentReader::start);
    }

    /** @throws SettingsException when the address cannot be listened on or the folder not written to */
    public static DocumentReader start(DocumentReaderSettings settings) {
        WorkFolder folder;
        try {
            folder = WorkFolder.open(Path.of(settings.workFolder()));
        } catch (IOException e) {
            throw new SettingsException("workFolder " + settings.workFolder() + " cannot be written to ("
                    + e.getMessage() + "): give another with 'workFolder'");
        }
        ProgramMetrics metrics = new ProgramMetrics();
        FileReading reading = new FileReading(settings, folder);
        Routes routes = new Routes(settings, folder, reading, metrics);
        try {
            Javalin server = Javalin.start(config -> configure(config, settings, routes, metrics));
            return new DocumentReader(server, reading, metrics);
        } catch (JavalinBindException e) {
            reading.close();
            metrics.close();
            throw new SettingsException("cannot listen on " + settings.host() + ":" + settings.port()
                    + ": end what listens there or choose others with 'host' and 'port'");
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        reading.close();
        metrics.close();
    }

    private static void configure(
            JavalinConfig config, DocumentReaderSettings settings, Routes routes, ProgramMetrics metrics) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        QueuedThreadPool threads = new QueuedThreadPool(settings.waiting() + 1 + SPARE_THREADS, 4);
        threads.setName("http");
        threads.setReservedThreads(0);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, settings));
        config.requestLogger.http((context, millis) -> metrics.request(
                "route", Routes.name(context), context.statusCode(), Duration.ofNanos((long) (millis * 1_000_000.0))));
        routes.addTo(config.routes);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, DocumentReaderSettings settings) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        // A request is silent while it waits for its turn and while its file is read.
        connector.setIdleTimeout(Duration.ofSeconds((settings.waiting() + 2L) * settings.secondsPerFile() + 30)
                .toMillis());
        return connector;
    }
}
