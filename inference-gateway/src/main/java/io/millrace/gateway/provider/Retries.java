package io.millrace.gateway.provider;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How often and for how long a provider is asked again. Waits double from 200 ms to 10 s with a fifth of jitter, or are
 * what the provider asks for; one it asks for that would end after the limit is not begun.
 */
public record Retries(int maxTries, Duration limit, Executor executor) {
    /** @param over true once another try is of no use */
    public <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> attempt, BooleanSupplier over) {
        long deadline = System.nanoTime() + limit.toNanos();
        RetryPolicy<T> policy = RetryPolicy.<T>builder()
                .handleIf(failure -> unwrap(failure) instanceof ProviderFailure)
                .abortOn(failure -> over.getAsBoolean() || wait(failure).toNanos() > deadline - System.nanoTime())
                .withMaxAttempts(maxTries)
                .withMaxDuration(limit)
                .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(10))
                .withJitter(0.2)
                .withDelayFn(context -> wait(context.getLastException()))
                .build();
        return Failsafe.with(policy).with(executor).getStageAsync(attempt::get);
    }

    /** Below zero when the provider did not ask for a wait: the policy's own applies. */
    private static Duration wait(Throwable failure) {
        return unwrap(failure) instanceof ProviderFailure provider
                ? provider.retryAfter().orElse(Duration.ofMillis(-1))
                : Duration.ofMillis(-1);
    }

    /** What stands behind the wrapping of futures. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
