package io.millrace.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the launcher and each of its child programs, with all their own children, use; by process id. */
public final class ResourceUse {
    private ResourceUse() {}

    /** Proportional set size in KiB: resident memory, shared pages counted in parts; Linux only, 0 elsewhere. */
    public static Map<Long, Long> pssKibibytes(long launcherPid) {
        return byProgram(launcherPid, process -> pss(process.pid()));
    }

    /** Processor time in ms since each process started; what has ended is not counted. */
    public static Map<Long, Long> cpuMillis(long launcherPid) {
        return byProgram(
                launcherPid,
                process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
    }

    private static Map<Long, Long> byProgram(long launcherPid, ToLongFunction<ProcessHandle> measure) {
        Map<Long, Long> use = new LinkedHashMap<>();
        ProcessHandle.of(launcherPid).ifPresent(launcher -> {
            use.put(launcherPid, measure.applyAsLong(launcher));
            launcher.children()
                    .forEach(child -> use.put(
                            child.pid(),
                            Stream.concat(Stream.of(child), child.descendants())
                                    .mapToLong(measure)
                                    .sum()));
        });
        return use;
    }

    private static long pss(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            // the process has ended, or the system does not tell
        }
        return 0;
    }
}
