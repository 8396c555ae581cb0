package io.millrace.gateway.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.answer.Chunks;
import io.millrace.gateway.answer.CollectedAnswer;
import io.millrace.gateway.ledger.StartedCall;
import io.millrace.gateway.provider.Audio;
import io.millrace.gateway.provider.Provider;
import io.millrace.gateway.provider.ProviderAnswer;
import io.millrace.gateway.provider.ProviderFailure;
import io.millrace.gateway.provider.Retries;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One call at its provider, with as many tries as it takes. */
final class PaidCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Provider provider;
    private final StartedCall call;
    private final @Nullable Audio audio;
    private final @Nullable LiveStream live;
    private final AtomicInteger tries = new AtomicInteger();

    /**
     * @param audio what is to be transcribed, null in calls of other kinds
     * @param live where a streamed call's chunks go, null for those nobody may see yet
     */
    PaidCall(Provider provider, StartedCall call, @Nullable Audio audio, @Nullable LiveStream live) {
        this.provider = provider;
        this.call = call;
        this.audio = audio;
        this.live = live;
    }

    CompletableFuture<ProviderAnswer> run(Retries retries) {
        return retries.run(this::attempt, () -> live != null && live.started());
    }

    int tries() {
        return tries.get();
    }

    private CompletableFuture<ProviderAnswer> attempt() {
        tries.incrementAndGet();
        if (audio != null) {
            return provider.transcribe(call.request(), audio);
        }
        if (!call.streamed()) {
            return provider.ask(call.kind(), call.request());
        }
        if (live != null) {
            live.begin(call.callId());
        }
        CollectedAnswer collected = new CollectedAnswer();
        AtomicBoolean done = new AtomicBoolean();
        return provider.stream(call.kind(), call.request(), event -> {
                    if (event.equals(Chunks.DONE)) {
                        done.set(true);
                    } else {
                        take(event, collected);
                    }
                })
                .thenApply(ended -> {
                    if (!done.get() || !collected.isFinished()) {
                        throw ProviderFailure.broken("the provider's stream ended before its answer did");
                    }
                    ObjectNode document = collected.document();
                    return new ProviderAnswer(document.toString(), document);
                });
    }

    private void take(String event, CollectedAnswer collected) {
        try {
            if (!(JSON.readTree(event) instanceof ObjectNode chunk)) {
                throw ProviderFailure.broken("the provider's stream holds a chunk that is not a JSON object");
            }
            if (chunk.has("error")) {
                throw ProviderFailure.broken("the provider's stream ended with an error: "
                        + chunk.path("error").path("message").asText("no message"));
            }
            collected.add(chunk);
            if (live != null) {
                live.add(event, chunk);
            }
        } catch (JsonProcessingException e) {
            throw ProviderFailure.broken("the provider's stream holds a chunk that is not JSON");
        }
    }
}
