package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.bench.LookupBench;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how fast rows are found by their key. */
@Command(
        name = "lookups",
        description = "Rows by key: over HTTP as they come and as many as go, by Fluss's client, by SQL.",
        mixinStandardHelpOptions = true)
public final class LookupsCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "TABLE",
            defaultValue = "customer_activity",
            description = "A hot table with a primary key (default: ${DEFAULT-VALUE}).")
    private String table = "";

    @Option(names = "--rate", defaultValue = "2000", description = "Lookups a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "30", description = "For how long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Of which each asks when it was answered (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        new LookupBench(app, state.services(folder), table).run(rate, seconds, connections, System.out::println);
        return 0;
    }
}
