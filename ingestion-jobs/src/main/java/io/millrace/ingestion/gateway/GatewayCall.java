package io.millrace.ingestion.gateway;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One row's request, sent until it is answered or its time is over. */
final class GatewayCall {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final GatewayClient client;
    private final HttpRequest request;
    private final long deadlineNanos;
    private final CompletableFuture<HttpResponse<String>> result = new CompletableFuture<>();
    private volatile @Nullable Future<?> current;
    private volatile boolean stopped;
    private int retries;

    /** @param deadlineNanos by System.nanoTime(), when the last request may begin */
    GatewayCall(GatewayClient client, HttpRequest request, long deadlineNanos) {
        this.client = client;
        this.request = request;
        this.deadlineNanos = deadlineNanos;
    }

    CompletableFuture<HttpResponse<String>> result() {
        return result;
    }

    void send() {
        CompletableFuture<HttpResponse<String>> answer = client.send(request);
        current = answer;
        // The client's own timeout ends with the headers; a body that never ends has to be given up too.
        Future<?> timer = client.timers()
                .schedule(() -> answer.cancel(true), client.timeout().toNanos(), TimeUnit.NANOSECONDS);
        answer.whenComplete((response, failure) -> {
            timer.cancel(false);
            if (!stopped) {
                settle(response, failure);
            }
        });
    }

    /** Gives the call up, closing its connection; nobody waits for its result any more. */
    void stop() {
        stopped = true;
        Future<?> answer = current;
        if (answer != null) {
            answer.cancel(true);
        }
    }

    private void settle(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response != null) {
            if (response.statusCode() == 429 || response.statusCode() == 503) {
                retry(
                        "gateway answered " + response.statusCode() + ": " + CallFailure.reason(response.body()),
                        response.headers().firstValue("Retry-After").stream()
                                .filter(value -> value.matches("\\d{1,9}"))
                                .mapToLong(Long::parseLong)
                                .findFirst());
            } else {
                result.complete(response);
            }
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            result.completeExceptionally(new CallFailure(
                    "no answer within " + client.timeout().toMillis() + " ms: raise 'timeout' or ask for less"));
        } else if (cause instanceof IOException) {
            retry("gateway " + request.uri() + " is away: " + cause, OptionalLong.empty());
        } else {
            result.completeExceptionally(cause);
        }
    }

    private void retry(String reason, OptionalLong askedForSeconds) {
        long pauseNanos = askedForSeconds.isPresent()
                ? TimeUnit.SECONDS.toNanos(askedForSeconds.getAsLong())
                : Math.min(FIRST_PAUSE.toNanos() << Math.min(retries, 10), LONGEST_PAUSE.toNanos());
        // Rows that failed together should not come back together.
        pauseNanos += ThreadLocalRandom.current().nextLong(1 + Math.min(pauseNanos, LONGEST_PAUSE.toNanos()) / 4);
        if (System.nanoTime() + pauseNanos - deadlineNanos > 0) {
            result.completeExceptionally(new CallFailure(
                    reason + " (tried for " + client.retryTimeout().toMillis() + " ms, " + (retries + 1) + " times)"));
            return;
        }
        retries++;
        client.timers().schedule(this::send, pauseNanos, TimeUnit.NANOSECONDS);
    }
}
