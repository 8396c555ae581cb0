package io.millrace.launcher.platform;

import io.millrace.launcher.UserError;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on the terminal what has been reached, with the seconds since the start. */
public final class Progress {
    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final long LIMIT_SECONDS = 180;

    private final PrintStream out;
    private final long startedAtMillis;

    public Progress(PrintStream out, long startedAtMillis) {
        this.out = out;
        this.startedAtMillis = startedAtMillis;
    }

    public void done(String what) {
        log.info("{}", what);
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.currentTimeMillis() - startedAtMillis) / 1000.0, what);
        out.flush();
    }

    /** Whether something is so by now. */
    interface Condition<E extends Exception> {
        boolean holds() throws E, InterruptedException;
    }

    /** @throws UserError when it is not reached within three minutes */
    <E extends Exception> void await(String what, Condition<E> reached) throws E, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!reached.holds()) {
            if (System.nanoTime() > deadline) {
                throw new UserError(what + " was not reached within " + LIMIT_SECONDS
                        + " s: ./millrace status and ./millrace logs say more");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        done(what);
    }
}
