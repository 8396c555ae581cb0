package io.millrace.reader;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.millrace.reader.document.Document;
import io.millrace.reader.document.ReceivedFile;
import io.millrace.reader.work.Turns;
import io.millrace.service.metrics.ProgramMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is answered by what. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String READ = "/v1/read";

    private final DocumentReaderSettings settings;
    private final WorkFolder folder;
    private final FileReading reading;
    private final ProgramMetrics metrics;
    private final Turns turns;

    Routes(DocumentReaderSettings settings, WorkFolder folder, FileReading reading, ProgramMetrics metrics) {
        this.settings = settings;
        this.folder = folder;
        this.reading = reading;
        this.metrics = metrics;
        turns = new Turns(settings.waiting());
        Gauge.builder("reader.waiting", turns, Turns::waiting)
                .description("Files that wait for their turn")
                .register(metrics.registry());
    }

    void addTo(RoutesConfig routes) {
        routes.post(READ, this::read);
        routes.get("/health", this::health);
        routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(metrics.scrape()));
        routes.exception(
                HttpResponseException.class,
                (refusal, context) -> problem(
                        context,
                        refusal.getStatus(),
                        refusal.getStatus() == 404
                                ? "nothing at " + context.path()
                                        + ": there are POST /v1/read, GET /health and GET /metrics"
                                : context.method() + " " + context.path() + " was refused: " + refusal.getMessage()));
        routes.exception(Exception.class, (failure, context) -> {
            log.error("{} {} failed", context.method(), context.path(), failure);
            problem(context, 500, "the request failed: the log of document-reader says why");
        });
    }

    /** What a request is counted under. */
    static String name(Context context) {
        return switch (context.path()) {
            case READ, "/health", "/metrics" -> context.path();
            default -> "none";
        };
    }

    private void read(Context context) throws Exception {
        Optional<Document> document = turns.take(() -> document(context));
        if (document.isEmpty()) {
            context.header("Retry-After", "2");
            problem(context, 503, settings.waiting() + " files wait to be read already: try again later");
            return;
        }
        Document read = document.get();
        Counter.builder("reader.files")
                .description("Files by kind and what became of them")
                .tag("kind", read.kind().text())
                .tag("status", read.status().text())
                .register(metrics.registry())
                .increment();
        context.contentType("application/json").result(read.json().toString());
    }

    private Document document(Context context) throws IOException, InterruptedException {
        ReceivedFile file = folder.receive(context.bodyInputStream(), settings.maxBytes());
        try {
            return reading.read(
                    file, Optional.ofNullable(context.queryParam("name")).orElse(""));
        } finally {
            Files.deleteIfExists(file.path());
        }
    }

    private void health(Context context) {
        context.contentType("application/json")
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("status", "ready")
                        .put("ocr", reading.ocr())
                        .toString());
    }

    private static void problem(Context context, int status, String message) {
        context.status(status)
                .contentType("application/json")
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("error", message)
                        .toString());
    }
}
