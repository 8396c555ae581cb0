package io.millrace.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path directory;

    @Test
    void newestOfAllJobsIsTaken() throws IOException {
        complete("a", "chk-9", 2000);
        Path newest = complete("b", "chk-2", 3000);
        complete("b", "chk-1", 1000);
        assertThat(newest("a", "b")).isEqualTo(newest);
        assertThat(newest("b", "a")).isEqualTo(newest);
    }

    @Test
    void checkpointWithoutMetadataIsIncomplete() throws IOException {
        Path complete = complete("a", "chk-1", 1000);
        Files.createDirectories(directory.resolve("a/chk-2"));
        Files.createDirectories(directory.resolve("b/chk-3"));
        assertThat(newest("a")).isEqualTo(complete);
        assertThat(checkpoints(directory).newest(List.of("b"))).isEmpty();
    }

    @Test
    void sharedStateIsNoCheckpoint() throws IOException {
        Path complete = complete("a", "chk-1", 1000);
        complete("a", "shared", 2000);
        assertThat(newest("a")).isEqualTo(complete);
    }

    @Test
    void otherJobsAreLeftAlone() throws IOException {
        complete("a", "chk-1", 1000);
        assertThat(checkpoints(directory).newest(List.of("b"))).isEmpty();
        assertThat(checkpoints(directory.resolve("none")).newest(List.of("a"))).isEmpty();
    }

    private Path newest(String... jobs) throws IOException {
        return Path.of(URI.create(checkpoints(directory).newest(List.of(jobs)).orElseThrow()));
    }

    private static Checkpoints checkpoints(Path folder) {
        String uri = folder.toUri().toString();
        return new Checkpoints(Warehouse.local(uri), uri);
    }

    private Path complete(String job, String name, long writtenAtMillis) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(job).resolve(name));
        Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenAtMillis));
        return checkpoint;
    }
}
