package io.millrace.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.AgentCompiler;
import io.millrace.app.App;
import io.millrace.app.agent.AccuracyTask;
import io.millrace.app.agent.AccuracyTask.Half;
import io.millrace.app.agent.Agent;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.verify.LabelledRows;
import io.millrace.service.Nearest;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how often an agent is right. */
@Command(
        name = "accuracy",
        description = "How often an agent's columns are right, on labelled rows of the seed.",
        mixinStandardHelpOptions = true)
public final class AccuracyCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--agent", paramLabel = "NAME", description = "Which agent (default: the app's first).")
    private @Nullable String agent;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "CSV with the key and the right values (default: benchmarks/ticket-labels.csv).")
    private @Nullable Path labels;

    @Option(
            names = "--half",
            defaultValue = "both",
            description = "development (even keys), held-out (odd keys) or both (default: ${DEFAULT-VALUE}).")
    private String half = "";

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        Services services = state.services(folder);
        App app = App.load(Path.of(state.app()));
        Agent measured = agent(app);
        Path file = labels == null ? installation.home().resolve("benchmarks/ticket-labels.csv") : labels;
        AgentCompiler compiler = new AgentCompiler(
                app,
                services.warehouse().uri(),
                services.databases().lake().url(),
                services.databases().lake().user(),
                services.gatewayApi(),
                services.hotStore());
        AccuracyTask task =
                new AccuracyTask(compiler.compile(measured), halves(), new LabelledRows(app, measured, file).read());
        System.out.println(measured.name() + " on " + file.getFileName() + ", models:");
        app.models().forEach(model -> System.out.println("  " + model.alias() + " " + model.model()));
        System.out.flush();
        return run(installation, task, services.databases().lake().password());
    }

    private Agent agent(App app) {
        List<String> names = app.agents().stream().map(Agent::name).toList();
        return app.agents().stream()
                .filter(candidate -> agent == null || candidate.name().equals(agent))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        names.isEmpty()
                                ? "app " + app.name() + " has no agents"
                                : "no agent '" + agent + "' in app " + app.name() + Nearest.hint(agent, names)));
    }

    private List<Half> halves() {
        return switch (half) {
            case "development" -> List.of(Half.DEVELOPMENT);
            case "held-out" -> List.of(Half.HELD_OUT);
            case "both" -> List.of(Half.values());
            default -> throw new UserError("no half '" + half + "': give development, held-out or both");
        };
    }

    /** The agent's own code does the work, from its job's jar. */
    private static int run(Installation installation, AccuracyTask task, String sqlPassword)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Installation.java(),
                "-Xmx128m",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Dmillrace.log.level=OFF",
                "-cp",
                installation.jar("agent-jobs") + File.pathSeparator + installation.classPath("launcher"),
                "io.millrace.agent.accuracy.Accuracy");
        builder.environment().put(AgentCompiler.SQL_PASSWORD, sqlPassword);
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (OutputStream input = process.getOutputStream()) {
            new ObjectMapper().writeValue(input, task);
        }
        return process.waitFor();
    }
}
