package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The full stack on images made from packages, verified, with kills. About fifteen minutes, the first time more. */
@Tag("long")
class OfflineRoundTest {
    @Test
    void theFullStackIsEqualToItsSourcesAfterEachKill() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "it makes images with debootstrap and kills by process id: needs root");
        for (String tool : List.of("docker", "dockerd", "debootstrap", "python3")) {
            assumeTrue(installed(tool), "no " + tool + ": apt-get install docker.io debootstrap");
        }
        Process round = new ProcessBuilder(
                        Cli.HOME.resolve("docker/offline/round.sh").toString())
                .inheritIO()
                .start();
        assertThat(round.waitFor())
                .as("docker/offline/round.sh; its log is build/offline-round.log")
                .isZero();
    }

    private static boolean installed(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, tool).canExecute());
    }
}
