package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.app.table.TableFile;
import io.millrace.hot.HotScan;
import io.millrace.hot.HotTables;
import io.millrace.hot.Tiering;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Ten rounds each of the hot store killed, of Flink with the tiering job killed, and of both, while rows are written. */
@Tag("long")
class HotKillRoundsTest {
    private static final int ROUNDS = Integer.getInteger("millrace.rounds", 10);
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RunningPlatform platform;

    @BeforeAll
    static void up() throws Exception {
        platform = RunningPlatform.start(Cli.HOME.resolve("apps/shop"), folder.resolve("data"), "5");
        try (HotTables tables = HotTables.connect(platform.services().hotStore())) {
            tables.ensure(TableFile.parse("tables/hot/written.sql", "shop", """
                    CREATE TABLE written (id BIGINT, amount BIGINT, PRIMARY KEY (id) NOT ENFORCED)
                      WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '2 s');
                    CREATE TABLE logged (id BIGINT)
                      WITH ('table.datalake.enabled' = 'true', 'table.datalake.freshness' = '2 s');
                    """));
        }
    }

    @AfterAll
    static void down() throws Exception {
        platform.close();
    }

    @Test
    void everyAcknowledgedRowIsThereAndTheLakeEqualsTheHotStore() throws Exception {
        HotWriter writer = new HotWriter(platform.services().hotStore());
        for (int round = 1; round <= ROUNDS; round++) {
            for (List<String> together :
                    List.of(List.of("hot-store"), List.of("compute"), List.of("hot-store", "compute"))) {
                writer.begin();
                long acknowledged = writer.acknowledged();
                await().atMost(RECOVERY).until(() -> writer.acknowledged() > acknowledged + 2_000);
                long seconds = platform.killAndAwait(together, RECOVERY);
                await().atMost(RECOVERY).until(writer::goesOn);
                writer.end();
                assertHotRowsAreThere(writer);
                assertLakeEquals(writer);
                System.out.printf(
                        "round %d, %s killed: healthy after %d s, %d upserts of %d keys and %d appends acknowledged,"
                                + " all there, the lake equal%n",
                        round,
                        together,
                        seconds,
                        writer.upserts(),
                        writer.upserted().size(),
                        writer.appended().size());
            }
        }
    }

    private static void assertHotRowsAreThere(HotWriter writer) throws Exception {
        Map<Long, Long> found = hotRows();
        writer.upserted()
                .forEach((id, amount) ->
                        assertThat(found.getOrDefault(id, -1L)).as("row " + id).isGreaterThanOrEqualTo(amount));
    }

    private static void assertLakeEquals(HotWriter writer) throws Exception {
        try (Tiering tiering = new Tiering(platform.services().hotStore())) {
            await().atMost(RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> tiering.of("shop", "written").changesBehind() == 0
                            && tiering.of("shop", "logged").changesBehind() == 0);
        }
        assertThat(platform.column("SELECT concat(id, '=', amount) FROM lake.shop.written"))
                .containsExactlyInAnyOrderElementsOf(hotRows().entrySet().stream()
                        .map(row -> row.getKey() + "=" + row.getValue())
                        .toList());
        assertThat(platform.column("SELECT count(*) - count(DISTINCT __offset) FROM lake.shop.logged"))
                .as("rows of the log that are in the lake twice")
                .containsExactly("0");
        List<String> missing =
                new ArrayList<>(writer.appended().stream().map(String::valueOf).toList());
        missing.removeAll(
                platform.column("SELECT id FROM lake.shop.logged").stream().collect(Collectors.toSet()));
        assertThat(missing).as("acknowledged appends that are not in the lake").isEmpty();
    }

    private static Map<Long, Long> hotRows() throws Exception {
        try (HotScan scan = new HotScan(platform.services().hotStore())) {
            return scan.rows("shop", "written").stream()
                    .collect(Collectors.toMap(row -> (Long) row.get("id"), row -> (Long) row.get("amount")));
        }
    }
}
