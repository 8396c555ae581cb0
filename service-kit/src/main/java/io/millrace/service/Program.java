package io.millrace.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a Millrace program: read settings, start, run until told to end, close.
 *
 * <p>Under a supervisor ({@code MILLRACE_SUPERVISED=true}) standard input is a pipe from the parent: when it closes the
 * parent wants the program to end, or is dead itself.
 */
public final class Program {
    private static final Logger log = LoggerFactory.getLogger(Program.class);

    private Program() {}

    /** What starts the program; the returned handle ends it. */
    public interface Start<T> {
        AutoCloseable start(T settings) throws Exception;
    }

    /**
     * Runs until the parent, a signal or {@link System#exit} ends it. Exit codes: 0 ended as told, 1 could not start, 2
     * wrong settings.
     *
     * @param arguments at most one: the settings file
     */
    public static <T extends Record> void run(String name, Class<T> type, String[] arguments, Start<T> program) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        boolean supervised = Boolean.parseBoolean(System.getenv("MILLRACE_SUPERVISED"));
        try {
            Path file = arguments.length == 0 ? null : Path.of(arguments[0]);
            T settings = Settings.load(type, name, file, System.getenv());
            long start = System.nanoTime();
            AutoCloseable running = program.start(settings);
            log.info("{} ready after {} ms", name, (System.nanoTime() - start) / 1_000_000);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(name, running), name + "-shutdown"));
        } catch (SettingsException e) {
            log.error("{}", e.getMessage());
            System.exit(2);
        } catch (Exception | LinkageError e) {
            log.error("{} could not start", name, e);
            System.exit(1);
        }
        if (supervised) {
            awaitEndOfInput();
            System.exit(0);
        }
        park();
    }

    private static void close(String name, AutoCloseable running) {
        try {
            running.close();
            log.info("{} ended", name);
        } catch (Exception e) {
            log.error("{} did not end cleanly", name, e);
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever written to a supervised program
            }
        } catch (IOException e) {
            log.info("the parent's pipe broke: {}", e.getMessage());
        }
    }

    private static void park() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
