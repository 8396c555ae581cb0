package io.millrace.models;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.api.ErrorDocument;
import io.millrace.models.chat.Chat;
import io.millrace.models.chat.ChatHandler;
import io.millrace.models.embedding.EmbeddingModel;
import io.millrace.models.embedding.EmbeddingsHandler;
import io.millrace.models.operations.Metrics;
import io.millrace.models.operations.Outcome;
import io.millrace.models.operations.Turns;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is answered by what. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String KIND = "kind";

    private final Models models;
    private final Metrics metrics;
    private final Turns chatTurns;
    private final Turns embeddingTurns;

    Routes(Models models, Metrics metrics, int waiting) {
        this.models = models;
        this.metrics = metrics;
        this.chatTurns = new Turns(Chat.ID, waiting);
        this.embeddingTurns = new Turns(EmbeddingModel.ID, waiting);
        metrics.waiting("chat", chatTurns);
        metrics.waiting("embeddings", embeddingTurns);
    }

    /** The turns at the chat model. */
    Turns chatTurns() {
        return chatTurns;
    }

    void addTo(RoutesConfig routes) {
        Handler chat =
                new ChatHandler(() -> models.get().chat(), () -> models.get().chatRevision(), chatTurns, metrics);
        Handler embeddings = new EmbeddingsHandler(() -> models.get().embeddings(), embeddingTurns, chatTurns, metrics);
        routes.post("/v1/chat/completions", kind("chat", chat));
        routes.post("/v1/embeddings", kind("embeddings", embeddings));
        routes.get("/v1/models", this::list);
        routes.get("/health", this::health);
        routes.get("/metrics", context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(metrics.scrape()));
        routes.exception(ApiException.class, Routes::answer);
        routes.exception(HttpResponseException.class, (refusal, context) -> answer(refused(refusal, context), context));
        routes.exception(Exception.class, (failure, context) -> {
            log.error("{} {} failed", context.method(), context.path(), failure);
            answer(
                    new ApiException(ApiError.INTERNAL_ERROR, "the request failed: the log of local-models says why"),
                    context);
        });
    }

    /** Counts a request at a model. */
    void count(Context context, Duration duration) {
        String kind = context.attribute(KIND);
        if (kind != null) {
            metrics.request(kind, Outcome.of(context), duration);
        }
    }

    private static Handler kind(String kind, Handler handler) {
        return context -> {
            context.attribute(KIND, kind);
            handler.handle(context);
        };
    }

    private static void answer(ApiException failure, Context context) {
        Outcome.set(context, failure.error().code());
        ErrorDocument.write(context, failure);
    }

    private static ApiException refused(HttpResponseException refusal, Context context) {
        return switch (refusal.getStatus()) {
            case 404 ->
                new ApiException(
                        ApiError.NO_SUCH_PATH,
                        "nothing at " + context.path() + ": there are POST /v1/chat/completions, "
                                + "POST /v1/embeddings, GET /v1/models, GET /health and GET /metrics");
            case 405 ->
                new ApiException(
                        ApiError.METHOD_NOT_ALLOWED, context.method() + " is not allowed on " + context.path());
            case 413 -> new ApiException(ApiError.REQUEST_TOO_LARGE, "the body is longer than 1 MB: send less");
            default ->
                new ApiException(
                        refusal.getStatus() < 500 ? ApiError.INVALID_REQUEST : ApiError.INTERNAL_ERROR,
                        "the request was refused: " + refusal.getMessage());
        };
    }

    private void health(Context context) {
        Models.State state = models.state();
        if (state != Models.State.READY) {
            context.status(503).header("Retry-After", "1");
        }
        context.contentType("application/json")
                .result("{\"status\":\"" + state.name().toLowerCase(Locale.ROOT) + "\"}");
    }

    private void list(Context context) {
        Models.Loaded loaded = models.get();
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("object", "list");
        document.putArray("data")
                .add(model(Chat.ID, loaded.chatRevision()))
                .add(model(EmbeddingModel.ID, loaded.embeddings().revision()));
        context.contentType("application/json").result(document.toString());
    }

    private static ObjectNode model(String id, String revision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "millrace")
                .put("revision", revision);
    }
}
