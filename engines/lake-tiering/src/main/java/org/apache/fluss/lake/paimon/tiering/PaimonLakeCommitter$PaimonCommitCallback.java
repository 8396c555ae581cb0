package org.apache.fluss.lake.paimon.tiering;

import org.apache.paimon.manifest.ManifestCommittable;
import org.apache.paimon.table.sink.CommitCallback;

/**
 * Tells Fluss's committer the snapshot it has made. It takes the place of the nested class of that binary name in
 * fluss-lake-paimon 0.9.1, which is written for Paimon 1.3: Paimon 2 hands its callbacks one context in place of four
 * arguments, and the old class fails after the snapshot is made.
 */
public final class PaimonLakeCommitter$PaimonCommitCallback implements CommitCallback {
    @Override
    public void call(Context context) {
        try {
            var snapshotId = PaimonLakeCommitter.class.getDeclaredField("currentCommitSnapshotId");
            snapshotId.setAccessible(true);
            @SuppressWarnings("unchecked")
            ThreadLocal<Long> committed = (ThreadLocal<Long>) snapshotId.get(null);
            committed.set(context.snapshot.id());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this class does not fit the version of fluss-lake-paimon", e);
        }
    }

    @Override
    public void retry(ManifestCommittable committable) {}

    @Override
    public void close() {}
}
