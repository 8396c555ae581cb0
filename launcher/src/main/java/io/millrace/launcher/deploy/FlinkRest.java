package io.millrace.launcher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Flink's REST API, as far as deploying and watching jobs needs it. */
public final class FlinkRest {
    private static final String BOUNDARY = "millrace-jar";

    private final RestClient rest;

    public FlinkRest(String base) {
        this.rest = new RestClient(base);
    }

    /** Every job the cluster knows, with its state as Flink names it. */
    public Map<String, String> jobStates() throws IOException, InterruptedException {
        Map<String, String> states = new LinkedHashMap<>();
        for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
            states.put(job.path("jid").asText(), job.path("state").asText());
        }
        return states;
    }

    /** The jar's id on the cluster; uploads it when it is not there. */
    public String upload(Path jar, String name) throws IOException, InterruptedException {
        Optional<String> present = jarId(name);
        if (present.isPresent()) {
            return present.get();
        }
        List<byte[]> body = List.of(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"" + name
                                + "\"\r\nContent-Type: application/java-archive\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                Files.readAllBytes(jar),
                ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        rest.send(rest.request("/jars/upload", Duration.ofMinutes(1))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(body)));
        return jarId(name).orElseThrow(() -> new IOException("Flink took the jar " + name + " but does not list it"));
    }

    private Optional<String> jarId(String name) throws IOException, InterruptedException {
        for (JsonNode file : rest.get("/jars").path("files")) {
            if (file.path("name").asText().equals(name)) {
                return Optional.of(file.path("id").asText());
            }
        }
        return Optional.empty();
    }

    /** Compiles a job without starting it; the error is the one that a start would meet. */
    void plan(String jarId, String entryClass, List<String> arguments) throws IOException, InterruptedException {
        rest.post("/jars/" + jarId + "/plan", Map.of("entryClass", entryClass, "programArgsList", arguments));
    }

    /**
     * Starts a job.
     *
     * @param entryClass whose {@code main} builds the job
     * @param restoreFrom checkpoint or savepoint to begin from
     * @param claim whether the job owns what it is restored from
     */
    public void run(
            String jarId,
            String entryClass,
            String jobId,
            List<String> arguments,
            Optional<String> restoreFrom,
            boolean claim)
            throws IOException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("entryClass", entryClass);
        body.put("jobId", jobId);
        body.put("programArgsList", arguments);
        restoreFrom.ifPresent(path -> {
            body.put("savepointPath", path);
            body.put("claimMode", claim ? "CLAIM" : "NO_CLAIM");
        });
        rest.post("/jars/" + jarId + "/run", body);
    }

    /** Stops a job with a savepoint and returns where it lies. */
    public String stopWithSavepoint(String jobId) throws IOException, InterruptedException {
        String trigger = rest.post("/jobs/" + jobId + "/stop", Map.of("drain", false, "formatType", "NATIVE"))
                .path("request-id")
                .asText();
        for (int i = 0; i < 1200; i++) {
            JsonNode status = rest.get("/jobs/" + jobId + "/savepoints/" + trigger);
            if (status.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode operation = status.path("operation");
                if (operation.has("failure-cause")) {
                    throw new IOException("job " + jobId + " could not be stopped with a savepoint: "
                            + rootCause(operation
                                    .path("failure-cause")
                                    .path("stack-trace")
                                    .asText()));
                }
                return operation.path("location").asText();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("job " + jobId + " did not write its savepoint within 2 minutes");
    }

    public void cancel(String jobId) throws IOException, InterruptedException {
        rest.send(rest.request("/jobs/" + jobId + "?mode=cancel", Duration.ofSeconds(30))
                .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    public String state(String jobId) throws IOException, InterruptedException {
        return rest.get("/jobs/" + jobId).path("state").asText();
    }

    /** The newest completed and the restored checkpoint of a job. */
    public JobCheckpoints checkpoints(String jobId) throws IOException, InterruptedException {
        JsonNode latest = rest.get("/jobs/" + jobId + "/checkpoints").path("latest");
        JsonNode completed = latest.path("completed");
        return new JobCheckpoints(
                completed.path("id").asLong(-1),
                completed.path("latest_ack_timestamp").asLong(-1),
                latest.path("restored").path("id").asLong(-1));
    }

    /**
     * A job's checkpoints; -1 where there is none.
     *
     * @param completedId newest completed one
     * @param completedAtMillis when it was complete
     * @param restoredId the one the job was last restored from
     */
    public record JobCheckpoints(long completedId, long completedAtMillis, long restoredId) {}

    /** Why a job failed last, or empty. */
    public Optional<String> lastFailure(String jobId) throws IOException, InterruptedException {
        JsonNode entries = rest.get("/jobs/" + jobId + "/exceptions")
                .path("exceptionHistory")
                .path("entries");
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(rootCause(entries.get(0).path("stacktrace").asText()));
    }

    /** The causes of a stack trace in one line, the outermost ones that say nothing left out. */
    static String rootCause(String trace) {
        List<String> causes = new ArrayList<>();
        for (String line : trace.replace("\\n", "\n").lines().toList()) {
            if (line.startsWith("Caused by: ") || causes.isEmpty() && !line.isBlank()) {
                causes.add(line.replaceFirst("^Caused by: ", "").replaceAll("\\b([a-z]\\w*\\.)+(?=[A-Z])", ""));
            }
        }
        int from = Math.max(0, causes.size() - 2);
        return String.join(" — ", causes.subList(from, causes.size()));
    }
}
