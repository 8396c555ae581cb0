package io.millrace.launcher.status;

import io.millrace.launcher.platform.PlatformState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program, with the memory of all its processes. */
public record ServiceStatus(String name, String state, long pid, int port, int restarts, long pssMebibytes) {
    /** @param memory of each process, in KiB */
    static List<ServiceStatus> of(PlatformState state, Map<Long, Long> memory) {
        List<ServiceStatus> services = new ArrayList<>();
        services.add(new ServiceStatus(
                "launcher", "ready", state.launcherPid(), 0, 0, memory.getOrDefault(state.launcherPid(), 0L) / 1024));
        state.programs()
                .forEach(program -> services.add(new ServiceStatus(
                        program.name(),
                        program.state(),
                        program.pid(),
                        program.port(),
                        program.restarts(),
                        memory.getOrDefault(program.pid(), 0L) / 1024)));
        return services;
    }
}
