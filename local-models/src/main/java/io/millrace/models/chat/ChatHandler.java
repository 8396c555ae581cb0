package io.millrace.models.chat;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import io.millrace.models.api.Body;
import io.millrace.models.api.ErrorDocument;
import io.millrace.models.operations.Metrics;
import io.millrace.models.operations.Outcome;
import io.millrace.models.operations.Turns;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** POST /v1/chat/completions. */
public final class ChatHandler implements Handler {
    private static final Logger log = LoggerFactory.getLogger(ChatHandler.class);

    private final Supplier<Chat> chat;
    private final Supplier<String> revision;
    private final Turns turns;
    private final Metrics metrics;
    private final AtomicLong arrived = new AtomicLong();

    /** @param chat throws an error until the model is loaded */
    public ChatHandler(Supplier<Chat> chat, Supplier<String> revision, Turns turns, Metrics metrics) {
        this.chat = chat;
        this.revision = revision;
        this.turns = turns;
        this.metrics = metrics;
    }

    @Override
    public void handle(Context context) throws Exception {
        Chat model = chat.get();
        Body body = Body.parse(context.body());
        body.requireModel(Chat.ID);
        ChatRequest request = ChatRequestReader.read(body);
        ChatDocuments documents = new ChatDocuments(
                "chatcmpl-" + UUID.randomUUID(), Clock.systemUTC().instant().getEpochSecond(), revision.get());
        EventStream events = new EventStream(context, documents);
        try {
            Answer answer = turns.take(
                    () -> log.info("chat request {}", arrived.incrementAndGet()),
                    () -> model.answer(request, piece -> !request.stream() || events.text(piece)));
            metrics.tokens("chat", answer.usage().promptTokens(), answer.usage().completionTokens());
            if (request.stream()) {
                events.end(answer, request.includeUsage());
            } else {
                context.contentType("application/json")
                        .result(documents.completion(answer).toString());
            }
        } catch (UncheckedIOException e) {
            Outcome.set(context, "client_gone");
        } catch (RuntimeException e) {
            if (!events.started()) {
                throw e;
            }
            fail(context, events, e);
        }
    }

    /** The status is sent already: the error goes into the stream. */
    private static void fail(Context context, EventStream events, RuntimeException failure) {
        ApiException error = failure instanceof ApiException known
                ? known
                : new ApiException(ApiError.INTERNAL_ERROR, "the answer broke off: the log of local-models says why");
        if (error != failure) {
            log.error("a streamed answer broke off", failure);
        }
        Outcome.set(context, error.error().code());
        try {
            String message = error.getMessage() == null ? "" : error.getMessage();
            events.fail(ErrorDocument.of(error.error(), message));
        } catch (UncheckedIOException e) {
            Outcome.set(context, "client_gone");
        }
    }
}
