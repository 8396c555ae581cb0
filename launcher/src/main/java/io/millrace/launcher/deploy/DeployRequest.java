package io.millrace.launcher.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.App;
import io.millrace.app.HotRebuild;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the deploy command asks of the launcher, by way of a file in the data folder: only one process deploys.
 *
 * @param losses jobs that may lose their state
 * @param rebuilt hot tables to be made anew before, and whose jobs those are
 */
public record DeployRequest(Map<String, Deployer.StateLoss> losses, HotRebuild rebuilt) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT_SECONDS = 300;

    /** Makes hot tables anew, and what has to begin anew with them. */
    public static DeployRequest rebuilding(HotRebuild hot) {
        return of(Map.of(), hot);
    }

    /** What a job that is rebuilt writes in the hot store is made anew too, and what has to begin anew with that. */
    public static DeployRequest of(App app, Map<String, Deployer.StateLoss> losses) {
        Set<String> rebuilt = losses.keySet().stream()
                .filter(job -> losses.get(job) == Deployer.StateLoss.REBUILD)
                .collect(Collectors.toSet());
        return of(losses, HotRebuild.with(app, rebuilt));
    }

    private static DeployRequest of(Map<String, Deployer.StateLoss> losses, HotRebuild hot) {
        Map<String, Deployer.StateLoss> all = new LinkedHashMap<>(losses);
        hot.jobs().forEach(job -> all.put(job, Deployer.StateLoss.REBUILD));
        return new DeployRequest(all, hot);
    }

    /** What is said of the hot tables before it begins; nothing when none is made anew. */
    public List<String> announcement() {
        List<String> lines = new ArrayList<>();
        if (!rebuilt.tables().isEmpty()) {
            lines.add("emptied: hot." + String.join(", hot.", rebuilt.tables()));
        }
        if (!rebuilt.jobs().isEmpty()) {
            lines.add("begin anew: " + String.join(", ", rebuilt.jobs()));
        }
        if (!rebuilt.agents().isEmpty()) {
            lines.add("go on, with their results from the lake: " + String.join(", ", rebuilt.agents()));
        }
        return lines;
    }

    /** Jobs that must not run while their tables are made anew. */
    public Set<String> resting() {
        return Stream.concat(
                        rebuilt.agents().stream(),
                        losses.keySet().stream().filter(job -> losses.get(job) == Deployer.StateLoss.REBUILD))
                .collect(Collectors.toSet());
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
