package io.millrace.launcher.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.HotRebuild;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the deploy command asks of the launcher, by way of a file in the data folder: only one process deploys.
 *
 * @param losses jobs that may lose their state
 * @param rebuilt hot tables to be made anew before, and whose jobs those are
 */
public record DeployRequest(Map<String, Deployer.StateLoss> losses, HotRebuild rebuilt) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 300;

    public DeployRequest(Map<String, Deployer.StateLoss> losses) {
        this(losses, new HotRebuild(List.of(), List.of(), List.of()));
    }

    /** Hands the request to the running launcher and waits for its answer. */
    public List<JobStatus> submit(DataFolder data) throws IOException, InterruptedException {
        Files.deleteIfExists(answerFile(data));
        writeAtomically(requestFile(data), this);
        for (int i = 0; i < LIMIT_SECONDS * 10; i++) {
            if (Files.exists(answerFile(data))) {
                return JSON.readValue(answerFile(data).toFile(), new TypeReference<List<JobStatus>>() {});
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new UserError("the launcher did not answer within " + LIMIT_SECONDS + " s: see ./millrace logs launcher");
    }

    /** The request that waits, if any. */
    public static Optional<DeployRequest> take(DataFolder data) throws IOException {
        if (!Files.exists(requestFile(data))) {
            return Optional.empty();
        }
        DeployRequest request = JSON.readValue(requestFile(data).toFile(), DeployRequest.class);
        Files.delete(requestFile(data));
        return Optional.of(request);
    }

    public static void answer(DataFolder data, List<JobStatus> jobs) throws IOException {
        writeAtomically(answerFile(data), jobs);
    }

    private static void writeAtomically(Path file, Object content) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        JSON.writeValue(partial.toFile(), content);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path requestFile(DataFolder data) {
        return data.run().resolve("deploy-request.json");
    }

    private static Path answerFile(DataFolder data) {
        return data.run().resolve("deploy-answer.json");
    }
}
