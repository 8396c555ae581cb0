package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent works on notes, two at a time, while what it depends on is killed: promises 1 and 2 for models. */
class PaidOnceTest {
    private static final Path APP = Cli.HOME.resolve("system-tests/src/test/resources/apps/notes");
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** The agent's parallelism: as many calls are in flight at a kill. */
    private static final int IN_FLIGHT = 2;

    /** Notes of the app's seed. */
    private static final int SEEDED = 40;

    private static final List<String> KILLED = List.of("local-models", "inference-gateway", "compute");

    @TempDir
    Path folder;

    @Test
    void eachNoteIsReadOnceAndPaidOnceOverKills() throws Exception {
        killDuring(SEEDED, 1);
    }

    /** About ten minutes. */
    @Test
    @Tag("long")
    void threeHundredNotesAreReadOnceAndPaidOnceOverNineKills() throws Exception {
        killDuring(300, 3);
    }

    private void killDuring(int notes, int rounds) throws Exception {
        try (RunningPlatform platform = RunningPlatform.start(APP, folder.resolve("data"), "0")) {
            if (notes > SEEDED) {
                platform.atSource("INSERT INTO notes SELECT i, 'Another note, number ' || i FROM generate_series("
                        + (SEEDED + 1) + ", " + notes + ") AS i");
            }
            int kills = 3 * rounds;
            for (int kill = 0; kill < kills; kill++) {
                // Spread over the model's calls, not the results: those come to the lake many at a time.
                long calls = (long) notes * (kill + 1) / (kills + 1);
                await().atMost(LIMIT).ignoreExceptions().until(() -> modelCalls(platform) >= calls);
                String service = KILLED.get(kill % KILLED.size());
                long pid = platform.pid(service);
                long done = results(platform);
                assertThat(done).as("results at kill " + (kill + 1)).isLessThan(notes);
                platform.kill(service);
                System.out.println("killed " + service + " at " + modelCalls(platform) + " calls, " + done + " of "
                        + notes + " results");
                await().atMost(LIMIT).until(() -> platform.pid(service) != pid && platform.pid(service) != 0);
            }
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> results(platform) + deadLetters(platform) == notes);
            long history = platform.number("SELECT count(*) FROM lake.notes.moods_history");
            long versions = platform.number("SELECT count(*) FROM (SELECT DISTINCT note_id, _input_version"
                    + " FROM lake.notes.moods_history) AS v");
            long paid = platform.number("SELECT count(*) FROM lake.ai.inference_calls WHERE status = 'done'");
            long calls = modelCalls(platform);
            System.out.println(notes + " notes, " + kills + " kills: " + results(platform) + " results, " + history
                    + " in the history, " + versions + " distinct versions, " + deadLetters(platform)
                    + " dead letters, " + paid + " paid calls in the ledger, " + calls + " calls at the model");
            assertThat(deadLetters(platform)).isZero();
            assertThat(history).isEqualTo(notes);
            assertThat(versions).isEqualTo(notes);
            assertThat(calls).isBetween((long) notes, notes + (long) kills * IN_FLIGHT);
            assertThat(platform.number("SELECT count(*) FROM lake.notes.moods WHERE mood NOT IN ('good', 'bad')"))
                    .isZero();
            platform.assertEqual();
        }
    }

    private static long results(RunningPlatform platform) {
        return soon(platform, "SELECT count(*) FROM lake.notes.moods");
    }

    private static long deadLetters(RunningPlatform platform) {
        return soon(platform, "SELECT count(*) FROM lake.ai.dead_letters");
    }

    /** The number, -1 while nobody answers. */
    private static long soon(RunningPlatform platform, String query) {
        try {
            return platform.number(query);
        } catch (SQLException e) {
            return -1;
        }
    }

    /** local-models says each request in its log before it computes; the log outlives a kill. */
    private static long modelCalls(RunningPlatform platform) throws IOException {
        try (Stream<String> lines = Files.lines(platform.data.logs().resolve("local-models.log"))) {
            return lines.filter(line -> line.contains("chat request")).count();
        }
    }
}
