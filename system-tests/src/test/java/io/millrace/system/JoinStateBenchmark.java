package io.millrace.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.hot.HotUpserts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What Flink remembers for a join of views with their customers, made three ways: {@code JoinStateBenchmark VIEWS}. */
final class JoinStateBenchmark {
    private static final int CUSTOMERS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private JoinStateBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int views = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("join-state");
        try (RunningPlatform platform =
                RunningPlatform.start(Cli.HOME.resolve("benchmarks/joins"), folder.resolve("data"), "0")) {
            write(platform.services().hotStore(), views);
            for (String join : List.of("regular_join", "lookup_join", "delta_join")) {
                await().atMost(LIMIT)
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> platform.number("SELECT count(*) FROM lake.joins.by_" + join) == views);
                JsonNode checkpoint = nextCheckpoint(platform, join);
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d views joined, checkpoint of %,d KB%n",
                        join,
                        views,
                        checkpoint.path("state_size").asLong() / 1000);
            }
        }
    }

    private static void write(String hotStore, int views) throws Exception {
        Random random = new Random(1);
        try (HotUpserts customers = new HotUpserts(hotStore, "joins", "customers")) {
            for (int id = 0; id < CUSTOMERS; id++) {
                customers.add(List.of(String.valueOf(id), "Customer " + id, String.valueOf(random.nextInt(100))));
            }
        }
        try (HotUpserts rows = new HotUpserts(hotStore, "joins", "page_views")) {
            for (int id = 0; id < views; id++) {
                rows.add(List.of(
                        String.valueOf(random.nextInt(CUSTOMERS)),
                        String.valueOf(id),
                        "/products/" + random.nextInt(10_000) + "?session=" + Long.toHexString(random.nextLong())));
            }
        }
    }

    /** The first that began after now: it has everything that is in the lake. */
    private static JsonNode nextCheckpoint(RunningPlatform platform, String job) throws IOException {
        String id = job(platform, job);
        long now = System.currentTimeMillis();
        JsonNode[] found = new JsonNode[1];
        await().atMost(LIMIT).until(() -> {
            found[0] = flink(platform, "/jobs/" + id + "/checkpoints").at("/latest/completed");
            return found[0].path("trigger_timestamp").asLong() > now;
        });
        return found[0];
    }

    private static String job(RunningPlatform platform, String name) throws IOException {
        for (JsonNode job : flink(platform, "/jobs/overview").path("jobs")) {
            if (job.path("name").asText().endsWith(name)) {
                return job.path("jid").asText();
            }
        }
        throw new IllegalStateException("no job " + name);
    }

    private static JsonNode flink(RunningPlatform platform, String path) throws IOException {
        try (InputStream answer = URI.create("http://127.0.0.1:" + platform.ports.flink() + path)
                .toURL()
                .openStream()) {
            return JSON.readTree(answer);
        }
    }
}
