package io.millrace.lake;

import io.millrace.changes.Change;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.PositionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.utils.NextSnapshotFetcher;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a lake table, snapshot by snapshot. It looks for the next one four times a second. */
final class LakeChangeReader implements ChangeReader {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MAX_CHANGES = 500;
    private static final int MAX_BYTES = 1 << 20;

    private final NextSnapshotFetcher snapshots;
    private FileStoreTable table;
    private SnapshotPosition position;
    private @Nullable SnapshotChanges open;

    LakeChangeReader(FileStoreTable table, SnapshotPosition from) {
        this.table = table;
        this.position = from;
        this.snapshots = new NextSnapshotFetcher(
                table.snapshotManager(),
                table.changelogManager(),
                table.coreOptions().changelogLifecycleDecoupled());
    }

    @Override
    public List<Change> poll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        SnapshotPosition begin = position;
        try {
            while (true) {
                List<Change> read = next(deadline);
                long left = deadline - System.nanoTime();
                if (!read.isEmpty() || left <= 0) {
                    return read;
                }
                TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        } catch (PositionException e) {
            if (!position.equals(begin)) {
                // First tell how far it came.
                return List.of();
            }
            throw e;
        } catch (IOException | RuntimeException e) {
            // Also when the table was dropped, or the snapshot expires while it is read.
            throw failure(e);
        }
    }

    /** Changes of the next snapshot that has any, as far as there are snapshots. */
    private List<Change> next(long deadline) throws IOException {
        List<Change> read = List.of();
        while (read.isEmpty() && (open != null || System.nanoTime() < deadline)) {
            SnapshotChanges changes = open == null ? openNext() : open;
            if (changes == null) {
                break;
            }
            read = read(changes);
        }
        return read;
    }

    private @Nullable SnapshotChanges openNext() {
        Snapshot snapshot = snapshots.getNextSnapshot(position.snapshot());
        if (snapshot == null) {
            return null;
        }
        if (LakeChangeLog.rewrites(snapshot)) {
            throw LakeChangeLog.rewritten(position);
        }
        if (snapshot.schemaId() > table.schema().id()) {
            table = table.copyWithLatestSchema();
        }
        open = new SnapshotChanges(table, snapshot, position.changes());
        return open;
    }

    private List<Change> read(SnapshotChanges changes) throws IOException {
        List<Change> read = new ArrayList<>();
        long bytes = 0;
        SnapshotPosition after = position;
        while (read.size() < MAX_CHANGES && bytes < MAX_BYTES) {
            Change change = changes.next();
            if (change == null) {
                open = null;
                after = after.at(after.snapshot() + 1);
                break;
            }
            after = after.after(change.place());
            bytes += LakeValues.bytes(change.row()) + LakeValues.bytes(change.before());
            read.add(change);
        }
        position = after;
        return read;
    }

    private LakeException failure(Exception e) {
        return new LakeException("the changes of lake." + table.fullName() + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public SnapshotPosition position() {
        return position;
    }

    @Override
    public void close() {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw failure(e);
            } finally {
                open = null;
            }
        }
    }
}
