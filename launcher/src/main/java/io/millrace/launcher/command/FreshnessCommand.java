package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.verify.Freshness;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how soon a change is readable. */
@Command(
        name = "freshness",
        description = "From a commit at the source to its row being readable by SQL.",
        mixinStandardHelpOptions = true)
public final class FreshnessCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            paramLabel = "TABLE",
            defaultValue = "orders",
            description = "A captured table (default: ${DEFAULT-VALUE}).")
    private String table = "";

    @Option(names = "--changes", defaultValue = "100", description = "How many changes (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        System.out.println(
                Freshness.measure(app, table, changes, state.services(folder).databases()));
        return 0;
    }
}
