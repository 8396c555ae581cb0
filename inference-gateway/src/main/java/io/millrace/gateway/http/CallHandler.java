package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.gateway.answer.Chunks;
import io.millrace.gateway.answer.Usage;
import io.millrace.gateway.call.CallAnswer;
import io.millrace.gateway.call.CallRequest;
import io.millrace.gateway.call.Calls;
import io.millrace.gateway.call.LiveCaller;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.problem.ErrorDocument;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Answers calls of one kind. A call in flight holds no thread. */
public final class CallHandler implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kind kind;
    private final Calls calls;
    private final Executor threads;

    /** @param threads where answers are written: a slow caller must not hold what providers and the ledger need */
    public CallHandler(Kind kind, Calls calls, Executor threads) {
        this.kind = kind;
        this.calls = calls;
        this.threads = threads;
    }

    @Override
    public void handle(Context context) {
        CallRequest request = RequestReader.read(kind, context);
        if (request.streamed()) {
            boolean usage =
                    request.body().path("stream_options").path("include_usage").asBoolean();
            context.future(() -> stream(context, request, usage));
            return;
        }
        CompletableFuture<CallAnswer> answer = calls.answer(request, null);
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            write(context, answer.join());
        } else {
            context.future(() -> answer.handleAsync(
                    (result, failure) -> {
                        if (failure == null) {
                            write(context, result);
                        } else {
                            Problems.write(context, failure);
                        }
                        return null;
                    },
                    threads));
        }
    }

    static void write(Context context, CallAnswer answer) {
        context.header("Millrace-Call", answer.callId())
                .header("Millrace-Hit", Boolean.toString(answer.hit()))
                .header("Millrace-Tokens", tokens(answer.usage()))
                .contentType("application/json")
                .result(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<Void> stream(Context context, CallRequest request, boolean withUsage) {
        EventStream events = new EventStream(context);
        return calls.answer(request, new LiveCaller(events, withUsage))
                .handleAsync((answer, failure) -> end(context, events, answer, failure, withUsage), threads)
                .thenCompose(written -> written);
    }

    private static CompletableFuture<Void> end(
            Context context,
            EventStream events,
            @Nullable CallAnswer answer,
            @Nullable Throwable failure,
            boolean withUsage) {
        if (answer == null) {
            Throwable cause = Objects.requireNonNull(failure, "neither answer nor failure");
            if (!events.opened()) {
                Problems.write(context, cause);
                return CompletableFuture.completedFuture(null);
            }
            events.send(ErrorDocument.of(Problems.problem(cause)));
        } else if (!events.opened()) {
            context.header("Millrace-Tokens", tokens(answer.usage()));
            events.open(answer.callId(), answer.hit());
            Chunks.of(document(answer), withUsage).forEach(events::send);
            events.send(Chunks.DONE);
        }
        return events.end();
    }

    static ObjectNode document(CallAnswer answer) {
        try {
            return (ObjectNode) JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer of call " + answer.callId() + " is not JSON", e);
        }
    }

    private static String tokens(Usage usage) {
        return text(usage.promptTokens()) + "/" + text(usage.completionTokens());
    }

    private static String text(@Nullable Integer tokens) {
        return tokens == null ? "" : tokens.toString();
    }
}
