package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each process killed alone, then ten rounds of two at once, under fast traffic. About a quarter of an hour. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillRoundsTest {
    private static final int ROUNDS_OF_TWO = 10;
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    /** Kept when a round fails: its logs say why. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RunningPlatform platform;

    @BeforeAll
    static void up() throws Exception {
        platform = RunningPlatform.start(Cli.HOME.resolve("apps/shop"), folder.resolve("data"), "40");
    }

    @AfterAll
    static void down() throws Exception {
        platform.close();
    }

    @Test
    @Order(1)
    void theLakeEqualsTheSourceAfterEachProcessWasKilledAlone() throws Exception {
        for (String program : programs()) {
            kill(List.of(program));
            for (JsonNode job : platform.status().path("jobs")) {
                if (program.equals("compute")) {
                    assertThat(job.path("restoredCheckpoint").asLong())
                            .as(job.toString())
                            .isPositive();
                    System.out.println("  " + job.path("name").asText() + " from checkpoint "
                            + job.path("restoredCheckpoint").asLong());
                }
            }
        }
    }

    @Test
    @Order(2)
    void theLakeEqualsTheSourceAfterAnyTwoWereKilledAtOnce() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 1; round <= ROUNDS_OF_TWO; round++) {
            List<String> programs = programs();
            Collections.shuffle(programs, random);
            kill(programs.subList(0, 2));
        }
    }

    private static List<String> programs() {
        List<String> names = new ArrayList<>(List.of("launcher"));
        platform.state().programs().forEach(program -> names.add(program.name()));
        return names;
    }

    private static void kill(List<String> together) throws Exception {
        long seconds = platform.killAndAwait(together, RECOVERY);
        System.out.printf("%s killed, all healthy after %d s%n", together, seconds);
        platform.assertEqual();
    }
}
