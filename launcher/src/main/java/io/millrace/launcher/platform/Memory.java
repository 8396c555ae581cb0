package io.millrace.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Proportional set size: resident memory, shared pages counted in parts; Linux only. */
public final class Memory {
    private Memory() {}

    /** PSS of the launcher and of each of its child programs with all their own children, in KiB, by process id. */
    public static Map<Long, Long> pssKibibytes(long launcherPid) {
        Map<Long, Long> sizes = new LinkedHashMap<>();
        ProcessHandle.of(launcherPid).ifPresent(launcher -> {
            sizes.put(launcherPid, pss(launcherPid));
            launcher.children()
                    .forEach(child -> sizes.put(
                            child.pid(),
                            Stream.concat(Stream.of(child), child.descendants())
                                    .mapToLong(process -> pss(process.pid()))
                                    .sum()));
        });
        return sizes;
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
