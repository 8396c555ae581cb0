package io.millrace.reader.work;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets callers in one at a time, first come first served; a bounded number waits. */
public final class Turns {
    private final int waitingAtMost;
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger present = new AtomicInteger();

    public Turns(int waitingAtMost) {
        this.waitingAtMost = waitingAtMost;
    }

    /** Works when its turn comes; empty, at once, when too many wait. */
    public <T> Optional<T> take(Callable<T> work) throws Exception {
        if (present.incrementAndGet() > waitingAtMost + 1) {
            present.decrementAndGet();
            return Optional.empty();
        }
        try {
            turn.acquire();
            try {
                return Optional.of(work.call());
            } finally {
                turn.release();
            }
        } finally {
            present.decrementAndGet();
        }
    }

    /** How many wait. */
    public int waiting() {
        return Math.max(0, present.get() - 1);
    }
}
