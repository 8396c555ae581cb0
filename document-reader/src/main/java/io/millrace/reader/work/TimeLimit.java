package io.millrace.reader.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bounds the time of work nobody vouches for: work that goes on after an interrupt ends the program. */
public final class TimeLimit implements AutoCloseable {
    /** Exit code of a program that ended because work did not. */
    public static final int OVERDUE = 71;

    private static final Logger log = LoggerFactory.getLogger(TimeLimit.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final Duration limit;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(null, task, "reading", 1L << 20);
        thread.setDaemon(true);
        return thread;
    });

    /** Work that may be interrupted. */
    public interface Work {
        void run() throws Exception;
    }

    public TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /**
     * Works, one at a time.
     *
     * @return whether the work ended in time by itself; false when it was interrupted
     * @throws ExecutionException with what the work threw
     */
    public boolean run(Work work) throws ExecutionException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Future<?> running = worker.submit(() -> {
            try {
                work.run();
                return null;
            } finally {
                ended.countDown();
            }
        });
        try {
            running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            running.cancel(true);
            if (!ended.await(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.error("a file takes longer than {} s and cannot be interrupted: ending", limit.toSeconds());
                Runtime.getRuntime().halt(OVERDUE);
            }
            return false;
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
