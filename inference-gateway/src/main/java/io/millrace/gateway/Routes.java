package io.millrace.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.millrace.gateway.call.Calls;
import io.millrace.gateway.http.BearerKey;
import io.millrace.gateway.http.CallHandler;
import io.millrace.gateway.http.Problems;
import io.millrace.gateway.http.RecordedCallHandler;
import io.millrace.gateway.http.TranscriptionHandler;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.ledger.Ledger;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import io.millrace.service.metrics.ProgramMetrics;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Which path is answered by what. */
final class Routes {
    private static final String NAME = "route";

    private final InferenceGatewaySettings settings;
    private final Calls calls;
    private final Ledger ledger;
    private final ProgramMetrics metrics;
    private final Executor threads;

    Routes(InferenceGatewaySettings settings, Calls calls, Ledger ledger, ProgramMetrics metrics, Executor threads) {
        this.settings = settings;
        this.calls = calls;
        this.ledger = ledger;
        this.metrics = metrics;
        this.threads = threads;
    }

    /** The name a request is counted under. */
    static String name(Context context) {
        return Optional.ofNullable(context.<String>attribute(NAME)).orElse("none");
    }

    void addTo(RoutesConfig routes) {
        routes.before("/v1/*", new BearerKey(settings.key()));
        routes.post("/v1/chat/completions", named("chat", new CallHandler(Kind.CHAT, calls, threads)));
        routes.post("/v1/embeddings", named("embeddings", new CallHandler(Kind.EMBEDDINGS, calls, threads)));
        routes.post("/v1/audio/transcriptions", named("transcriptions", new TranscriptionHandler(calls, threads)));
        routes.get("/v1/models", named("models", json(models())));
        routes.get("/v1/calls/{call_id}", named("calls", new RecordedCallHandler(ledger, threads)));
        routes.get("/health", named("health", json("{\"status\":\"up\"}")));
        routes.get("/ready", named("ready", this::ready));
        routes.get(
                "/metrics", named("metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape())));
        routes.exception(HttpResponseException.class, Routes::refuse);
        routes.exception(Exception.class, (failure, context) -> Problems.write(context, failure));
    }

    private void ready(Context context) {
        if (!ledger.up()) {
            throw new GatewayException(ErrorCode.LEDGER_UNAVAILABLE, "the ledger cannot be reached", 2, null);
        }
        context.contentType("application/json").result("{\"status\":\"ready\"}");
    }

    private String models() {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        settings.models().keySet().stream().sorted().forEach(alias -> data.addObject()
                .put("id", alias)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "millrace"));
        return list.toString();
    }

    private static Handler named(String name, Handler handler) {
        return context -> {
            context.attribute(NAME, name);
            handler.handle(context);
        };
    }

    private static Handler json(String text) {
        return context -> context.contentType("application/json").result(text);
    }

    private static void refuse(HttpResponseException refusal, Context context) {
        ErrorCode code =
                switch (refusal.getStatus()) {
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
                    case 413 -> ErrorCode.REQUEST_TOO_LARGE;
                    default -> refusal.getStatus() < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
                };
        String message =
                switch (code) {
                    case NOT_FOUND -> "nothing answers at " + context.path();
                    case METHOD_NOT_ALLOWED -> context.method() + " is not allowed on " + context.path();
                    case REQUEST_TOO_LARGE -> "the body is longer than maxBodyKilobytes allows";
                    default -> "the request was refused: " + refusal.getMessage();
                };
        Problems.write(context, new GatewayException(code, message));
    }
}
