package io.millrace.lake;

import io.millrace.changes.Change;
import io.millrace.changes.Place;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.RecordReaderIterator;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.table.source.snapshot.ChangelogFollowUpScanner;
import org.apache.paimon.table.source.snapshot.DeltaFollowUpScanner;
import org.apache.paimon.table.source.snapshot.FollowUpScanner;
import org.apache.paimon.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one snapshot, always in the same order: the one in which its manifests, which never change, name its
 * files. A compaction has none, unless it wrote the table's changelog.
 */
final class SnapshotChanges implements AutoCloseable {
    /** Few rows in memory at a time. */
    private static final Map<String, String> SMALL = Map.of("read.batch-size", "128");

    private final Snapshot snapshot;
    private final long seen;
    private final List<String> key;
    private final boolean logged;
    private final LakeValues values;
    private final TableRead read;
    private final Iterator<Split> splits;
    private @Nullable RecordReaderIterator<InternalRow> rows;

    /** Of an update whose new row comes next. */
    private @Nullable Map<String, @Nullable Object> oldRow;

    private long number;

    /** @param seen so many of its changes are left out */
    SnapshotChanges(FileStoreTable table, Snapshot snapshot, long seen) {
        FileStoreTable small = table.copy(SMALL);
        this.snapshot = snapshot;
        this.seen = seen;
        this.key = table.primaryKeys();
        this.logged = table.coreOptions().changelogProducer() != CoreOptions.ChangelogProducer.NONE;
        this.values = LakeValues.of(table.rowType());
        this.read = small.newReadBuilder().withReadType(values.type()).newRead();
        FollowUpScanner scanner = logged ? new ChangelogFollowUpScanner() : new DeltaFollowUpScanner();
        this.splits = scanner.shouldScanSnapshot(snapshot)
                ? scanner.scan(snapshot, small.newSnapshotReader()).splits().iterator()
                : List.<Split>of().iterator();
    }

    /** The next one; null after the last. */
    @Nullable
    Change next() throws IOException {
        for (InternalRow row = row(); row != null; row = row()) {
            Map<String, @Nullable Object> columns = values.of(row);
            if (row.getRowKind() == RowKind.UPDATE_BEFORE) {
                // Without a new row behind it, that one is in a snapshot to come.
                oldRow = columns;
                continue;
            }
            Change change = change(row.getRowKind(), columns);
            oldRow = null;
            number++;
            if (change.place().number() >= seen) {
                return change;
            }
        }
        return null;
    }

    private @Nullable InternalRow row() throws IOException {
        while (rows == null || !rows.hasNext()) {
            close();
            if (!splits.hasNext()) {
                return null;
            }
            rows = new RecordReaderIterator<>(read.createReader(splits.next()));
        }
        return rows.next();
    }

    /** Without a changelog an insert and an update look the same, and what was before is not known. */
    private Change change(RowKind kind, Map<String, @Nullable Object> columns) {
        Map<String, @Nullable Object> itsKey = key(columns);
        boolean deleted = kind == RowKind.DELETE;
        boolean updated = kind == RowKind.UPDATE_AFTER;
        boolean paired = updated && oldRow != null && key(oldRow).equals(itsKey);
        Change.Kind what = key.isEmpty()
                ? Change.Kind.APPEND
                : deleted ? Change.Kind.DELETE : updated || !logged ? Change.Kind.UPDATE : Change.Kind.INSERT;
        return new Change(
                what,
                new Place(snapshot.id(), number),
                Map.of("snapshot", snapshot.id()),
                Instant.ofEpochMilli(snapshot.timeMillis()),
                key.isEmpty() ? null : itsKey,
                deleted ? null : columns,
                !logged ? null : deleted ? columns : paired ? oldRow : null);
    }

    private Map<String, @Nullable Object> key(Map<String, @Nullable Object> columns) {
        Map<String, @Nullable Object> itsKey = new LinkedHashMap<>();
        key.forEach(column -> itsKey.put(column, columns.get(column)));
        return itsKey;
    }

    @Override
    public void close() throws IOException {
        if (rows != null) {
            try {
                rows.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                rows = null;
            }
        }
    }
}
