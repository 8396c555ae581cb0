package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.app.HotRebuild;
import io.millrace.launcher.UserError;
import io.millrace.launcher.deploy.DeployRequest;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.verify.HotFilling;
import io.millrace.service.Nearest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a hot table anew from what fills it. */
@Command(
        name = "rebuild",
        description = "Empty a hot table and fill it anew from Kafka and the lake.",
        mixinStandardHelpOptions = true)
public final class RebuildCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "TABLE", description = "A table of tables/hot, such as customer_activity.")
    private String table = "";

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        HotRebuild rebuild = HotRebuild.of(app, qualified(app));
        if (rebuild.jobs().isEmpty() && rebuild.agents().isEmpty()) {
            throw new UserError("nothing fills hot." + qualified(app) + ": name it in a pipeline's INSERT");
        }
        DeployRequest request = DeployRequest.rebuilding(rebuild);
        request.announcement().forEach(System.out::println);
        List<JobStatus> jobs = request.submit(folder);
        List<JobStatus> wrong =
                jobs.stream().filter(job -> !job.message().isEmpty()).toList();
        wrong.forEach(job -> System.err.println(job.message()));
        if (!wrong.isEmpty()) {
            return 1;
        }
        if (HotFilling.follow(app, state.services(folder), rebuild.tables(), LIMIT, System.out::println)) {
            System.out.println("rebuilt");
            return 0;
        }
        System.err.println(
                "not full after " + LIMIT.toMinutes() + " min: ./millrace status says which job does not run");
        return 1;
    }

    private String qualified(App app) {
        String name = table.startsWith("hot.") ? table.substring("hot.".length()) : table;
        String qualified = name.contains(".") ? name : app.database() + "." + name;
        List<String> known =
                app.hotTables().stream().map(hot -> hot.qualifiedName()).toList();
        if (!known.contains(qualified)) {
            throw new UserError("no hot table '" + table + "'" + Nearest.hint(qualified, known));
        }
        return qualified;
    }
}
