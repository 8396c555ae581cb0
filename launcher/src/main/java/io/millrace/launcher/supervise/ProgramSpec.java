package io.millrace.launcher.supervise;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to keep running.
 *
 * @param jvmOptions heap and the like
 * @param settings written to its settings file
 * @param secrets environment variables, never written or logged
 * @param port where it listens; 0 for none
 * @param health answers whether it is ready
 * @param startLimitSeconds how long it may take until it is
 * @param niceness how far it steps back when others want the processor: 0 not at all, 19 always
 */
public record ProgramSpec(
        String name,
        String mainClass,
        String classPath,
        List<String> jvmOptions,
        Map<String, Object> settings,
        Map<String, String> secrets,
        Path dataDirectory,
        int port,
        Health health,
        int startLimitSeconds,
        int niceness) {
    /** Whether a program is ready to serve. */
    public interface Health {
        /** @param pid the process that was started for it */
        boolean ready(long pid) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
