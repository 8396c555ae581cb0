package io.millrace.launcher.platform;

import io.millrace.launcher.layout.DataFolder;
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
        List<ProcessHandle> found = find(data);
        if (found.isEmpty()) {
            return;
        }
        log.info("ending {} programs that an earlier launcher left behind", found.size());
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

    /** The settings file below the data folder on its command line marks a program of this platform. */
    private static List<ProcessHandle> find(DataFolder data) {
        String settings = data.run() + "/";
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> arguments.length > 0
                                && arguments[arguments.length - 1].startsWith(settings)
                                && arguments[arguments.length - 1].endsWith(".yaml"))
                        .isPresent())
                .toList();
    }
}
