package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.app.EmbeddingCompiler;
import io.millrace.launcher.UserError;
import io.millrace.launcher.deploy.DeployRequest;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Numbers;
import io.millrace.launcher.platform.PlatformState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Computes the embeddings of everything that can be searched anew, as after a change of the model. */
@Command(
        name = "reembed",
        description = "Embed all searchable texts anew with the model app.yaml names now. Until it is done search finds"
                + " less; texts that this model has embedded before cost nothing again.",
        mixinStandardHelpOptions = true)
public final class ReembedCommand implements Callable<Integer> {
    /** Nothing new for so long: it is done, or the model does not answer. */
    private static final Duration STILL = Duration.ofSeconds(30);

    private static final String EMBEDDED =
            "SELECT count(embedding) FROM " + EmbeddingCompiler.table() + " WHERE error IS NULL";

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        App app = App.load(Path.of(state.app()));
        if (app.search().isEmpty()) {
            throw new UserError("app " + app.name() + " has nothing to search: add search: to app.yaml");
        }
        try (Connection lake = state.services(folder).databases().connectToLake()) {
            long before = Numbers.of(lake, EMBEDDED);
            Optional<JobStatus> job =
                    DeployRequest.of(app, Map.of(EmbeddingCompiler.JOB, Deployer.StateLoss.REBUILD))
                            .submit(folder)
                            .stream()
                            .filter(status -> status.name().equals(EmbeddingCompiler.JOB))
                            .findFirst();
            if (job.isPresent() && !job.get().message().isEmpty()) {
                System.err.println(job.get().message());
                return 1;
            }
            long embedded = follow(lake, before);
            long failed =
                    Numbers.of(lake, "SELECT count(*) FROM " + EmbeddingCompiler.table() + " WHERE error IS NOT NULL");
            System.out.println(embedded + " chunks embedded, " + failed + " without an embedding");
            return failed == 0 && embedded >= before ? 0 : 1;
        }
    }

    /** Prints how far it is until there are as many as before, or no more come. */
    private static long follow(Connection lake, long before) throws SQLException, InterruptedException {
        long embedded = 0;
        long changed = System.nanoTime();
        while (embedded < before && System.nanoTime() - changed < STILL.toNanos()) {
            TimeUnit.SECONDS.sleep(1);
            long now = Numbers.of(lake, EMBEDDED);
            if (now != embedded) {
                changed = System.nanoTime();
                System.out.println(now + " of about " + before + " chunks");
            }
            embedded = now;
        }
        return embedded;
    }
}
