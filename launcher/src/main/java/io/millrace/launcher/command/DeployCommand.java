package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.deploy.DeployRequest;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a running platform to what its app's files say now. */
@Command(
        name = "deploy",
        description = "Take over changed app files: changed jobs are restarted from a savepoint.",
        mixinStandardHelpOptions = true)
public final class DeployCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--from-offsets",
            paramLabel = "JOB",
            description = "Begin this job without its state, where it stopped.")
    private List<String> fromOffsets = List.of();

    @Option(
            names = "--rebuild",
            paramLabel = "JOB",
            description = "Empty the tables this job writes and compute them anew from the first event.")
    private List<String> rebuild = List.of();

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        Map<String, Deployer.StateLoss> losses = new LinkedHashMap<>();
        fromOffsets.forEach(job -> losses.put(app.requireJob(job), Deployer.StateLoss.FROM_OFFSETS));
        rebuild.forEach(job -> losses.put(app.requireJob(job), Deployer.StateLoss.REBUILD));
        DeployRequest request = DeployRequest.of(app, losses);
        request.announcement().forEach(System.out::println);
        List<JobStatus> jobs = request.submit(folder);
        TextTable table = new TextTable(List.of("job", "state"));
        jobs.forEach(job -> table.add(List.of(job.name(), job.state())));
        System.out.print(table);
        jobs.stream()
                .map(JobStatus::message)
                .filter(message -> !message.isEmpty())
                .forEach(System.err::println);
        return jobs.stream().allMatch(job -> job.message().isEmpty()) ? 0 : 1;
    }
}
