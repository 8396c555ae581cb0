package io.millrace.launcher.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a job can be restored from below the cluster's checkpoint directory. */
final class Checkpoints {
    private final Path directory;

    Checkpoints(Path directory) {
        this.directory = directory;
    }

    /** The newest complete checkpoint of any of the jobs. */
    Optional<Path> newest(List<String> jobIds) throws IOException {
        Optional<Path> newest = Optional.empty();
        for (String jobId : jobIds) {
            Path job = directory.resolve(jobId);
            if (!Files.isDirectory(job)) {
                continue;
            }
            try (Stream<Path> checkpoints = Files.list(job)) {
                newest = Stream.concat(newest.stream(), checkpoints.filter(Checkpoints::isComplete))
                        .max(Comparator.comparingLong(Checkpoints::writtenAt));
            }
        }
        return newest;
    }

    private static boolean isComplete(Path checkpoint) {
        return checkpoint.getFileName().toString().startsWith("chk-") && Files.exists(checkpoint.resolve("_metadata"));
    }

    private static long writtenAt(Path checkpoint) {
        return checkpoint.resolve("_metadata").toFile().lastModified();
    }
}
