package io.millrace.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.launcher.layout.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    Path root;

    @Test
    void aProcessStartedFromTheDataFolderIsEndedAndNoOther() throws Exception {
        Path sleep = List.of(Path.of("/usr/bin/sleep"), Path.of("/bin/sleep")).stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        DataFolder data = new DataFolder(root.resolve("data"));
        Path copy = Files.copy(sleep, data.run().resolve("server"));
        Process orphan = new ProcessBuilder(copy.toString(), "600").start();
        Process stranger = new ProcessBuilder(sleep.toString(), "600")
                .directory(data.root().toFile())
                .start();
        try {
            Leftovers.end(data);
            assertThat(orphan.isAlive()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            orphan.destroyForcibly();
            stranger.destroyForcibly();
        }
    }
}
