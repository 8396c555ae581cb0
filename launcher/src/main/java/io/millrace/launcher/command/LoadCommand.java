package io.millrace.launcher.command;

import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.platform.ResourceUse;
import io.millrace.launcher.supervise.ProgramStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how busy the platform keeps the machine. */
@Command(
        name = "load",
        description = "How many processor cores each service keeps busy, on average.",
        mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--seconds", defaultValue = "60", description = "For how long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        PlatformState state = PlatformState.running(data.folder());
        Map<Long, Long> before = ResourceUse.cpuMillis(state.launcherPid());
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        Map<Long, Long> after = ResourceUse.cpuMillis(state.launcherPid());
        double elapsedMillis = (System.nanoTime() - start) / 1e6;
        TextTable table = new TextTable(List.of("service", "cores"));
        double all = row(table, "launcher", state.launcherPid(), before, after, elapsedMillis);
        for (ProgramStatus program : state.programs()) {
            all += row(table, program.name(), program.pid(), before, after, elapsedMillis);
        }
        System.out.print(table);
        System.out.printf(Locale.ROOT, "all: %.2f cores busy on average over %d s%n", all, seconds);
        return 0;
    }

    private static double row(
            TextTable table,
            String service,
            long pid,
            Map<Long, Long> before,
            Map<Long, Long> after,
            double elapsedMillis) {
        double cores = (after.getOrDefault(pid, 0L) - before.getOrDefault(pid, 0L)) / elapsedMillis;
        table.add(List.of(service, String.format(Locale.ROOT, "%.3f", cores)));
        return cores;
    }
}
