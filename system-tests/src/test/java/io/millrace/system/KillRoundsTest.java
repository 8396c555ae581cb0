package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Ten rounds of kills, two processes at once, under fast traffic. About ten minutes. */
@Tag("long")
class KillRoundsTest {
    private static final int ROUNDS = 10;
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    /** Kept when a round fails: its logs say why. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void theLakeEqualsTheSourceAfterEachRound() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (RunningPlatform platform =
                RunningPlatform.start(Cli.HOME.resolve("apps/shop"), folder.resolve("data"), "40")) {
            for (int round = 1; round <= ROUNDS; round++) {
                List<String> services = new ArrayList<>(List.of(
                        "source-db",
                        "event-log",
                        "compute",
                        "lake-sql",
                        "inference-gateway",
                        "serving-api",
                        "launcher"));
                Collections.shuffle(services, random);
                List<String> killed = services.subList(0, 2);
                System.out.println("round " + round + " of seed " + seed + " kills " + killed);
                List<Long> pids = killed.stream().map(platform::pid).toList();
                pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                await().atMost(RECOVERY)
                        .pollInterval(Duration.ofSeconds(1))
                        .ignoreExceptions()
                        .untilAsserted(() -> {
                            assertThat(killed)
                                    .extracting(platform::pid)
                                    .as("process ids of the killed")
                                    .doesNotContainAnyElementsOf(pids);
                            assertThat(platform.healthy())
                                    .as("healthy: " + platform.state())
                                    .isTrue();
                        });
                platform.assertEqual();
            }
        }
    }
}
