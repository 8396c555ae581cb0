package io.millrace.launcher.preflight;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine before anything is started. */
public final class Preflight {
    /** What the platform holds after its start, with room for growth; the environment can say otherwise. */
    private static final String MEMORY_VARIABLE = "MILLRACE_MEMORY_MEBIBYTES";

    private static final long MEMORY_MEBIBYTES = limit(MEMORY_VARIABLE, 4000);

    /** The first start's data and an hour of the demo's snapshots; the environment can say otherwise. */
    private static final String DISK_VARIABLE = "MILLRACE_DISK_MEBIBYTES";

    private static final long DISK_MEBIBYTES = limit(DISK_VARIABLE, 2048);

    private Preflight() {}

    /**
     * One finding.
     *
     * @param ok whether it is as it should be
     * @param blocking whether the platform cannot start without it
     * @param message what was found and, if not ok, the fix
     */
    public record Finding(boolean ok, boolean blocking, String message) {}

    /** Java, memory, disk and ports, in this order. */
    public static List<Finding> check(DataFolder data, Ports ports) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(disk(data));
        ports.users().forEach((port, user) -> findings.add(port(port, user)));
        return findings;
    }

    private static long limit(String variable, long otherwise) {
        String given = System.getenv(variable);
        return given == null ? otherwise : Long.parseLong(given);
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding(
                feature == 17 || feature == 21,
                true,
                "Java " + Runtime.version()
                        + (feature == 17 || feature == 21
                                ? ""
                                : ": Millrace runs on JDK 17 or 21; set JAVA_HOME to one of them"));
    }

    private static Finding memory() {
        long available = availableMemoryMebibytes();
        boolean enough = available >= MEMORY_MEBIBYTES;
        return new Finding(
                enough,
                true,
                available + " MiB of memory available"
                        + (enough
                                ? ""
                                : ": the platform needs " + MEMORY_MEBIBYTES + "; close other programs, or set "
                                        + MEMORY_VARIABLE + " if you know better"));
    }

    private static long availableMemoryMebibytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            // not Linux: the JVM's own view is the next best
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getTotalMemorySize() >> 20;
    }

    private static Finding disk(DataFolder data) {
        Path existing = data.root();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace() >> 20;
            boolean enough = free >= DISK_MEBIBYTES;
            return new Finding(
                    enough,
                    true,
                    free + " MiB of disk free for " + data.root()
                            + (enough
                                    ? ""
                                    : ": the platform needs " + DISK_MEBIBYTES
                                            + "; free some, give another --data, or set " + DISK_VARIABLE));
        } catch (IOException e) {
            return new Finding(false, false, "free disk of " + data.root() + " is unknown: " + e.getMessage());
        }
    }

    private static Finding port(int port, String user) {
        if (PortHolder.isFree(port)) {
            return new Finding(true, true, "port " + port + " is free for " + user);
        }
        return new Finding(
                false,
                true,
                "port " + port + " for " + user + " is taken by "
                        + PortHolder.of(port).orElse("another program (lsof -i :" + port + " names it)")
                        + ": end it, or move all ports with --port-offset 1000");
    }
}
