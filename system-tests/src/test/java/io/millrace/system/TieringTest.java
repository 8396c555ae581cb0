package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.hot.HotUpserts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Hot tables whose copy in the lake cannot be written. */
@Tag("long")
class TieringTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void tableThatCannotBeCarriedIntoTheLakeStopsNoOther() throws Exception {
        Path app = Files.createDirectories(folder.resolve("depot/tables/hot"));
        Files.writeString(folder.resolve("depot/app.yaml"), "app: depot\ndatabase: depot\n");
        Files.writeString(app.resolve("scans.sql"), """
                CREATE TABLE blocked (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)
                  WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '1 s');
                CREATE TABLE carried (id BIGINT, PRIMARY KEY (id) NOT ENFORCED)
                  WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '1 s');
                """);
        try (RunningPlatform platform = RunningPlatform.start(folder.resolve("depot"), folder.resolve("data"), "0")) {
            write(platform, 1, 100);
            awaitRows(platform, "blocked", 100);
            awaitRows(platform, "carried", 100);
            Path bucket = platform.data.root().resolve("lake/depot.db/blocked/bucket-0");
            Path aside = bucket.resolveSibling("aside");
            Files.move(bucket, aside);
            Files.writeString(bucket, "a file where a folder must be");

            for (long round = 1; round <= 3; round++) {
                write(platform, round * 100 + 1, round * 100 + 100);
                awaitRows(platform, "carried", round * 100 + 100);
            }
            JsonNode behind = tiered(platform, "blocked");
            assertThat(behind.path("changesBehind").asLong())
                    .as(behind.toString())
                    .isEqualTo(300);

            Files.delete(bucket);
            Files.move(aside, bucket);
            awaitRows(platform, "blocked", 400);
            platform.assertEqual();
        }
    }

    private static void write(RunningPlatform platform, long first, long last) throws Exception {
        for (String table : List.of("blocked", "carried")) {
            try (HotUpserts rows = new HotUpserts(platform.services().hotStore(), "depot", table)) {
                LongStream.rangeClosed(first, last).forEach(id -> rows.add(List.of(String.valueOf(id))));
            }
        }
    }

    private static void awaitRows(RunningPlatform platform, String table, long rows) {
        await(table).atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                        platform.number("SELECT count(*) FROM lake.depot." + table))
                .isEqualTo(rows));
    }

    private static JsonNode tiered(RunningPlatform platform, String table) throws Exception {
        JsonNode status = platform.status();
        for (JsonNode one : status.path("tiered")) {
            if (one.toString().contains(table)) {
                return one;
            }
        }
        throw new AssertionError("no " + table + " in " + status.path("tiered"));
    }
}
