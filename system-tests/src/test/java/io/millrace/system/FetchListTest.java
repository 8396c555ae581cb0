package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the first build says it fetches is what it fetches. */
class FetchListTest {
    private static final long NOTEWORTHY_BYTES = 1 << 20;

    @Test
    void everyLargeJarOfAProgramIsOnTheList() throws Exception {
        Set<String> listed = Files.readAllLines(Cli.HOME.resolve(".mvn/fetch-list")).stream()
                .map(line -> Path.of(line.substring(line.indexOf(' ') + 1))
                        .getFileName()
                        .toString())
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Path jar : programJars()) {
            String name = jar.getFileName().toString();
            if (Files.size(jar) > NOTEWORTHY_BYTES && !listed.contains(name) && !name.contains("postgres-binaries")) {
                missing.add(name);
            }
        }
        assertThat(missing)
                .as("write .mvn/fetch-list anew: size in KiB and path of each large jar in a new Maven repository")
                .isEmpty();
    }

    private static List<Path> programJars() throws IOException {
        Path build = Path.of(System.getProperty("millrace.build"));
        try (Stream<Path> files = Files.list(build)) {
            return files.filter(file -> file.toString().endsWith(".classpath"))
                    .flatMap(FetchListTest::jars)
                    .filter(jar -> !jar.startsWith(build))
                    .distinct()
                    .toList();
        }
    }

    private static Stream<Path> jars(Path classPath) {
        try {
            return Arrays.stream(Files.readString(classPath).strip().split(":")).map(Path::of);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
