package io.millrace.models.operations;

import io.millrace.models.api.ApiError;
import io.millrace.models.api.ApiException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets callers at a model one at a time, first come first served; a bounded number waits. */
public final class Turns {
    private final String model;
    private final int waitingAtMost;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger present = new AtomicInteger();

    public Turns(String model, int waitingAtMost) {
        this.model = model;
        this.waitingAtMost = waitingAtMost;
    }

    /**
     * Works when its turn comes.
     *
     * @param admitted runs once the caller is let in, before it waits
     * @throws ApiException at once when too many wait
     */
    public <T> T take(Runnable admitted, Callable<T> work) throws Exception {
        if (present.incrementAndGet() > waitingAtMost + 1) {
            present.decrementAndGet();
            throw new ApiException(
                    ApiError.TOO_MANY_REQUESTS,
                    waitingAtMost + " requests wait for " + model + " already: try again later");
        }
        try {
            admitted.run();
            turn.acquire();
            try {
                return work.call();
            } finally {
                turn.release();
            }
        } finally {
            present.decrementAndGet();
        }
    }

    /** Waits until nobody is at the model, up to this long. */
    public void awaitIdle(Duration limit) throws InterruptedException {
        if (turn.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            turn.release();
        }
    }

    /** How many requests wait. */
    public int waiting() {
        return Math.max(0, present.get() - 1);
    }
}
