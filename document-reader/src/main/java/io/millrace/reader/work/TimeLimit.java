package io.millrace.reader.work;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the time of work nobody vouches for: work that goes on after an interrupt ends the program. Processor time
 * counts, for a busy machine is not the work's fault; by the clock it may take a few times as long.
 */
public final class TimeLimit implements AutoCloseable {
    /** Exit code of a program that ended because work did not. */
    public static final int OVERDUE = 71;

    private static final Logger log = LoggerFactory.getLogger(TimeLimit.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BY_THE_CLOCK = 5;
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 50;

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

    /** @param limit of processor time */
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
        Running running = new Running(work);
        Future<?> result = worker.submit(running);
        while (true) {
            try {
                result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                if (running.isOverdue(limit)) {
                    result.cancel(true);
                    if (!running.ended.await(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)) {
                        log.error("a file takes longer than {} s and cannot be interrupted: ending", limit.toSeconds());
                        Runtime.getRuntime().halt(OVERDUE);
                    }
                    return false;
                }
            }
        }
    }

    private static final class Running implements Callable<@Nullable Void> {
        private final Work work;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final long begin = System.nanoTime();
        private volatile long thread = -1;
        private volatile long cpuBefore;

        Running(Work work) {
            this.work = work;
        }

        @Override
        public @Nullable Void call() throws Exception {
            cpuBefore = THREADS.getCurrentThreadCpuTime();
            thread = Thread.currentThread().getId();
            try {
                work.run();
                return null;
            } finally {
                ended.countDown();
            }
        }

        boolean isOverdue(Duration limit) {
            long cpu = thread < 0 ? 0 : THREADS.getThreadCpuTime(thread) - cpuBefore;
            return cpu > limit.toNanos() || System.nanoTime() - begin > limit.toNanos() * BY_THE_CLOCK;
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
