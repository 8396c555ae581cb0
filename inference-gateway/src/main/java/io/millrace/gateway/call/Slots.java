package io.millrace.gateway.call;

import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls of one model that may be in flight; more wait in turn, for a bounded time and without a thread. */
final class Slots {
    private final String alias;
    private final int waitSeconds;
    private final ScheduledExecutorService timer;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int free;

    Slots(String alias, int slots, int waitSeconds, ScheduledExecutorService timer) {
        this.alias = alias;
        this.free = slots;
        this.waitSeconds = waitSeconds;
        this.timer = timer;
    }

    /** Completes when a slot is the caller's, who gives it back with {@link #release}. */
    CompletableFuture<Void> acquire() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (free > 0) {
                free--;
                turn.complete(null);
                return turn;
            }
            waiting.add(turn);
        }
        var limit = timer.schedule(() -> giveUp(turn), waitSeconds, TimeUnit.SECONDS);
        return turn.whenComplete((ours, failure) -> limit.cancel(false));
    }

    /** Takes a slot if one is free right now. */
    synchronized boolean tryAcquire() {
        if (free > 0) {
            free--;
            return true;
        }
        return false;
    }

    void release() {
        CompletableFuture<Void> next = next();
        while (next != null && !next.complete(null)) {
            next = next();
        }
    }

    private synchronized @Nullable CompletableFuture<Void> next() {
        CompletableFuture<Void> next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }

    private void giveUp(CompletableFuture<Void> turn) {
        turn.completeExceptionally(new GatewayException(
                ErrorCode.TOO_MANY_CALLS,
                "model " + alias + " had no free slot for " + waitSeconds
                        + " seconds: ask later, or raise its maxConcurrent",
                1,
                null));
        synchronized (this) {
            waiting.removeIf(CompletableFuture::isDone);
        }
    }
}
