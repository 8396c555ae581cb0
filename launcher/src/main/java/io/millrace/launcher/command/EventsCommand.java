package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.bench.EventFreshness;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how soon an event is readable in the hot store and in its copy. */
@Command(
        name = "events",
        description = "From an event in Kafka to its row by key over HTTP, and to the row by SQL over the lake's copy.",
        mixinStandardHelpOptions = true)
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--events", defaultValue = "100", description = "How many events (default: ${DEFAULT-VALUE}).")
    private int events;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        new EventFreshness(App.load(Path.of(state.app())), state.services(folder)).run(events, System.out::println);
        return 0;
    }
}
