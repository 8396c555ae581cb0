package io.millrace.reader.work;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the system when there has been no work for a while: files come in bursts, and after one of
 * pictures neither the JVM nor the C library would do so by itself.
 */
public final class IdleMemory implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);
    private static final int IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "idle memory");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ScheduledFuture<?> next;

    public IdleMemory() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Counts anew from now. */
    public synchronized void worked() {
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(IdleMemory::giveBack, IDLE_SECONDS, TimeUnit.SECONDS);
    }

    private static void giveBack() {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            for (String command : List.of("gcRun", "systemTrimNativeHeap")) {
                ManagementFactory.getPlatformMBeanServer().invoke(commands, command, null, null);
            }
        } catch (JMException e) {
            log.info("this JVM cannot give its idle memory back: {}", e.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
