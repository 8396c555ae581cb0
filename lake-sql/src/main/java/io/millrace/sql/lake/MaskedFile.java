package io.millrace.sql.lake;

import java.io.IOException;
import java.util.stream.LongStream;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.table.source.DeletionFile;
import org.jspecify.annotations.Nullable;

/** A Parquet file some of whose rows are deleted; neither ever changes, so the positions are read once. */
public final class MaskedFile {
    private final String path;
    private final FileIO files;
    private final DeletionFile deletions;
    private volatile long @Nullable [] positions;

    MaskedFile(String path, FileIO files, DeletionFile deletions) {
        this.path = path;
        this.files = files;
        this.deletions = deletions;
    }

    public String path() {
        return path;
    }

    /** Positions of the deleted rows. */
    public long[] deletedPositions() throws IOException {
        long[] known = positions;
        if (known == null) {
            LongStream.Builder found = LongStream.builder();
            DeletionVector.read(files, deletions).forEachDeletedPosition(found::add);
            known = found.build().toArray();
            positions = known;
        }
        return known;
    }
}
