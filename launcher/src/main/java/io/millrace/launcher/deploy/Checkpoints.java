package io.millrace.launcher.deploy;

import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;

/** Finds what a job can be restored from below the cluster's checkpoint directory. */
final class Checkpoints {
    private final Warehouse warehouse;
    private final String directory;

    /** @param directory URI of a folder on the warehouse's store */
    Checkpoints(Warehouse warehouse, String directory) {
        this.warehouse = warehouse;
        this.directory = directory;
    }

    /** URI of the newest complete checkpoint of any of the jobs. */
    Optional<String> newest(List<String> jobIds) throws IOException {
        FileIO files = warehouse.files(directory);
        Optional<FileStatus> newest = Optional.empty();
        for (String jobId : jobIds) {
            Path job = new Path(directory, jobId);
            if (files.exists(job)) {
                for (FileStatus checkpoint : files.listStatus(job)) {
                    newest = Stream.concat(newest.stream(), metadata(files, checkpoint.getPath()).stream())
                            .max(Comparator.comparingLong(FileStatus::getModificationTime));
                }
            }
        }
        return newest.map(metadata -> metadata.getPath().getParent().toUri().toString());
    }

    /** The file that makes a checkpoint complete. */
    private static Optional<FileStatus> metadata(FileIO files, Path checkpoint) throws IOException {
        Path metadata = new Path(checkpoint, "_metadata");
        return checkpoint.getName().startsWith("chk-") && files.exists(metadata)
                ? Optional.of(files.getFileStatus(metadata))
                : Optional.empty();
    }
}
