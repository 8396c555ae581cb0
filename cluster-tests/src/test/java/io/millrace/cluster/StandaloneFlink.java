package io.millrace.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.launcher.deploy.FlinkRest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JobManager and TaskManagers as processes of their own, over the jars that the compute program has. */
final class StandaloneFlink implements AutoCloseable {
    static final int SLOTS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPENS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    private final Path folder;
    private final String classPath;
    private final int port;
    private final Map<String, JavaProcess> processes = new LinkedHashMap<>();

    private StandaloneFlink(Path folder, String classPath, int port) {
        this.folder = folder;
        this.classPath = classPath;
        this.port = port;
    }

    /**
     * @param settings Flink's, besides those of a cluster on loopback
     * @param more jars to put into its lib, or empty
     */
    static StandaloneFlink start(Path folder, int taskManagers, Map<String, String> settings, String more)
            throws IOException, InterruptedException {
        StandaloneFlink flink = new StandaloneFlink(
                Files.createDirectories(folder),
                JavaProcess.classPath("engines/compute") + (more.isEmpty() ? "" : ":" + more),
                JavaProcess.freePort());
        Map<String, String> all = new LinkedHashMap<>(flink.settings());
        all.putAll(settings);
        Files.writeString(
                folder.resolve("config.yaml"),
                all.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                        .collect(Collectors.joining()));
        flink.start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        for (int i = 1; i <= taskManagers; i++) {
            flink.startTaskManager("taskmanager-" + i);
        }
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> flink.registeredTaskManagers() == taskManagers);
        return flink;
    }

    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("jobmanager.rpc.port", String.valueOf(JavaProcess.freePort()));
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", String.valueOf(port));
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.numberOfTaskSlots", String.valueOf(SLOTS));
        settings.put("taskmanager.load-balance.mode", "SLOTS");
        settings.put("taskmanager.cpu.cores", "1");
        settings.put("taskmanager.memory.framework.heap.size", "64mb");
        settings.put("taskmanager.memory.framework.off-heap.size", "64mb");
        settings.put("taskmanager.memory.task.heap.size", "384mb");
        settings.put("taskmanager.memory.task.off-heap.size", "0b");
        settings.put("taskmanager.memory.network.min", "64mb");
        settings.put("taskmanager.memory.network.max", "64mb");
        settings.put("taskmanager.memory.managed.size", "128mb");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256mb");
        settings.put("taskmanager.memory.jvm-overhead.min", "64mb");
        settings.put("taskmanager.memory.jvm-overhead.max", "64mb");
        settings.put("heartbeat.interval", "2s");
        settings.put("heartbeat.timeout", "10s");
        settings.put("classloader.check-leaked-classloader", "false");
        settings.put(
                "io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
        return settings;
    }

    void startTaskManager(String name) throws IOException {
        start(name, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "-Dtaskmanager.resource-id=" + name);
    }

    private void start(String name, String mainClass, String... arguments) throws IOException {
        List<String> options = new ArrayList<>(OPENS);
        options.addAll(List.of("-Xmx512m", "-Dmillrace.log.level=WARN"));
        List<String> command = new ArrayList<>(List.of(mainClass, "--configDir", folder.toString()));
        command.addAll(List.of(arguments));
        processes.put(
                name,
                JavaProcess.start(
                        classPath,
                        options,
                        command,
                        Map.of(
                                "FLINK_PLUGINS_DIR",
                                JavaProcess.HOME
                                        .resolve("cluster-tests/target/flink-plugins")
                                        .toString()),
                        folder.resolve(name + ".log")));
    }

    FlinkRest rest() {
        return new FlinkRest("http://127.0.0.1:" + port);
    }

    JsonNode get(String path) throws IOException {
        try (InputStream answer =
                URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return JSON.readTree(answer);
        }
    }

    private int registeredTaskManagers() throws IOException {
        for (JavaProcess process : processes.values()) {
            process.requireAlive();
        }
        return get("/taskmanagers").path("taskmanagers").size();
    }

    /** The TaskManagers that run a part of the job. */
    List<String> taskManagersOf(String jobId) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
            for (JsonNode subtask : get("/jobs/" + jobId + "/vertices/"
                            + vertex.path("id").asText())
                    .path("subtasks")) {
                found.add(subtask.path("taskmanager-id").asText());
            }
        }
        return found.stream().distinct().sorted().toList();
    }

    /** kill -9. */
    void kill(String name) throws InterruptedException {
        processes.remove(name).kill();
    }

    @Override
    public void close() throws InterruptedException {
        for (JavaProcess process : processes.values()) {
            process.close();
        }
    }
}
