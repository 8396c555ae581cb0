package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the full stack's images take from our programs' class paths. */
class FlinkImageTest {
    @Test
    void everyLibraryOfComputeIsInFlinksImageOneWayOrAnother() throws IOException {
        assertThat(listed("docker/flink/libraries", "[+=-] "))
                .as("docker/flink/libraries: write '+' before what Flink's lib must get, '=' before what its"
                        + " distribution has, '-' before what only our own process needs")
                .isEqualTo(artifacts("compute"));
    }

    @Test
    void theDebeziumPluginIsMadeOfLibrariesOfTheEventLog() throws IOException {
        assertThat(artifacts("event-log")).containsAll(listed("docker/connect/libraries", "\\+ "));
    }

    private static Set<String> listed(String file, String mark) throws IOException {
        return Files.readAllLines(Cli.HOME.resolve(file)).stream()
                .filter(line -> line.matches(mark + ".*"))
                .map(line -> line.substring(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Artifact ids of the jars that are not our own: {@code …/ARTIFACT/VERSION/ARTIFACT-VERSION.jar}. */
    private static Set<String> artifacts(String program) throws IOException {
        Path build = Path.of(System.getProperty("millrace.build"));
        return Arrays.stream(Files.readString(build.resolve(program + ".classpath"))
                        .strip()
                        .split(":"))
                .map(Path::of)
                .filter(jar -> !jar.startsWith(build))
                .map(jar -> jar.getParent().getParent().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
