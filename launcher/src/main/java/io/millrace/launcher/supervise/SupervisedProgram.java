package io.millrace.launcher.supervise;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program under supervision: started, watched, started again when it ends by itself, ended when told. */
final class SupervisedProgram {
    private static final Logger log = LoggerFactory.getLogger(SupervisedProgram.class);
    private static final long LONGEST_PAUSE_MILLIS = 15_000;
    private static final long STEADY_MILLIS = 60_000;

    private final ProgramSpec spec;
    private final DataFolder data;
    private final Runnable onChange;
    private final Thread watcher;
    private volatile @Nullable Process process;
    private volatile State state = State.STARTING;
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile boolean ending;
    private volatile boolean renewing;

    /** Where a program stands. */
    enum State {
        STARTING,
        READY,
        RESTARTING,
        ENDED
    }

    SupervisedProgram(ProgramSpec spec, DataFolder data, Runnable onChange) {
        this.spec = spec;
        this.data = data;
        this.onChange = onChange;
        this.watcher = new Thread(this::keepRunning, spec.name() + "-watch");
    }

    void start() {
        watcher.setDaemon(true);
        watcher.start();
    }

    ProgramSpec spec() {
        return spec;
    }

    State state() {
        return state;
    }

    int restarts() {
        return restarts.get();
    }

    /** The process id, or 0 when it does not run. */
    long pid() {
        Process running = process;
        return running == null || !running.isAlive() ? 0 : running.pid();
    }

    private void keepRunning() {
        long pause = 500;
        while (!ending) {
            long started = System.currentTimeMillis();
            try {
                Process running = launch();
                process = running;
                onChange.run();
                if (awaitReady(running)) {
                    become(State.READY);
                }
                int exit = running.waitFor();
                if (ending) {
                    break;
                }
                if (renewing) {
                    renewing = false;
                    become(State.RESTARTING);
                    continue;
                }
                log.warn("{} ended by itself with exit code {}: starting it again", spec.name(), exit);
            } catch (IOException e) {
                log.error("{} cannot be started: {}", spec.name(), e.getMessage());
            } catch (InterruptedException e) {
                break;
            }
            restarts.incrementAndGet();
            become(State.RESTARTING);
            pause = System.currentTimeMillis() - started > STEADY_MILLIS
                    ? 500
                    : Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                break;
            }
        }
        become(State.ENDED);
    }

    private boolean awaitReady(Process running) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(spec.startLimitSeconds());
        boolean warned = false;
        while (running.isAlive() && !ending) {
            try {
                if (spec.health().ready(running.pid())) {
                    return true;
                }
            } catch (Exception e) {
                log.debug("{} is not ready: {}", spec.name(), e.getMessage());
            }
            if (!warned && System.nanoTime() > deadline) {
                warned = true;
                log.warn(
                        "{} is not ready after {} s: see ./millrace logs {}",
                        spec.name(),
                        spec.startLimitSeconds(),
                        spec.name());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }

    private Process launch() throws IOException {
        Path settings = data.run().resolve(spec.name() + ".yaml");
        new YAMLMapper().writeValue(settings.toFile(), spec.settings());
        Path temporary = data.temporary(spec.name());
        empty(temporary);
        List<String> command = new ArrayList<>();
        // A Ctrl-C reaches the whole terminal group: the programs leave it to the launcher to end them in order.
        command.addAll(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        if (spec.niceness() > 0) {
            command.addAll(List.of("nice", "-n", String.valueOf(spec.niceness())));
        }
        command.add(Installation.java());
        command.addAll(spec.jvmOptions());
        command.addAll(List.of(
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary,
                "-Dmillrace.log=" + data.logs().resolve(spec.name() + ".log"),
                "-Dmillrace.log.to=file",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(moreOptions());
        command.addAll(List.of("-cp", spec.classPath(), spec.mainClass(), settings.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(spec.dataDirectory().toFile());
        builder.environment().put("MILLRACE_SUPERVISED", "true");
        builder.environment().put("TZ", "UTC");
        // glibc would keep freed memory in eight heaps a core.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(spec.secrets());
        builder.redirectErrorStream(true);
        Path output = data.logs().resolve(spec.name() + ".out");
        builder.redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
        Process started = builder.start();
        log.info("{} started with pid {} at {}", spec.name(), started.pid(), Instant.now());
        return started;
    }

    /** What the user adds to the options of every program, the last word on each. */
    private static List<String> moreOptions() {
        String options = System.getenv("MILLRACE_JAVA_OPTIONS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+"));
    }

    private void become(State next) {
        state = next;
        onChange.run();
    }

    /** Asks the program to end by closing its standard input, waits, and kills it when it does not. */
    void end(long limitMillis) {
        ending = true;
        watcher.interrupt();
        Process running = process;
        if (running != null) {
            end(running, limitMillis);
        }
    }

    /** Ends the running process; the watcher starts the next one. */
    void restart(long limitMillis) {
        Process running = process;
        if (running != null && running.isAlive()) {
            renewing = true;
            become(State.RESTARTING);
            end(running, limitMillis);
        }
    }

    private void end(Process running, long limitMillis) {
        List<ProcessHandle> family = new ArrayList<>(running.descendants().toList());
        family.add(running.toHandle());
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            log.debug("{} closed its input itself", spec.name());
        }
        try {
            if (!running.waitFor(limitMillis, TimeUnit.MILLISECONDS)) {
                log.warn("{} did not end within {} ms: killing it", spec.name(), limitMillis);
                family.forEach(ProcessHandle::destroyForcibly);
                running.waitFor();
            }
        } catch (InterruptedException e) {
            family.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }
}
