package io.millrace.launcher.platform;

import io.millrace.launcher.layout.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs that a killed launcher left behind on the same data folder. */
final class Leftovers {
    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
    private static final long OWN_END_SECONDS = 20;

    private Leftovers() {}

    /** Waits for them to end, as they do by themselves when their parent is gone, and kills those that do not. */
    static void end(DataFolder data) throws InterruptedException {
        end(programs(data));
        List<ProcessHandle> orphans = startedFrom(data);
        orphans.forEach(ProcessHandle::destroy);
        end(orphans);
    }

    private static void end(List<ProcessHandle> found) throws InterruptedException {
        if (found.isEmpty()) {
            return;
        }
        log.info("ending {} processes that an earlier launcher left behind", found.size());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OWN_END_SECONDS);
        while (found.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        for (ProcessHandle process : found) {
            if (process.isAlive()) {
                log.warn("killing pid {}: it did not end by itself", process.pid());
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static List<ProcessHandle> programs(DataFolder data) {
        return PlatformState.read(data).stream()
                .flatMap(state -> state.programs().stream())
                .filter(program -> program.pid() != 0)
                .flatMap(program -> ProcessHandle.of(program.pid()).stream()
                        .filter(process -> isStill(process, data.run().resolve(program.name() + ".yaml"))))
                .toList();
    }

    /**
     * PostgreSQL, unpacked in the data folder, does not notice when the program that started it is killed: nobody else
     * starts a program from there.
     */
    private static List<ProcessHandle> startedFrom(DataFolder data) {
        String root = data.root().toString() + "/";
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.startsWith(root))
                        .isPresent())
                .toList();
    }

    /** Process ids are used again: the settings file on its command line marks a program of this platform. */
    private static boolean isStill(ProcessHandle process, Path settings) {
        Path commandLine = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
        if (!Files.exists(commandLine)) {
            return process.info()
                    .command()
                    .filter(command -> command.endsWith("java"))
                    .isPresent();
        }
        try {
            // Not by ProcessHandle: it gives up on command lines longer than a page, and class paths are.
            return Files.readString(commandLine).contains(settings.toString());
        } catch (IOException e) {
            return false;
        }
    }
}
