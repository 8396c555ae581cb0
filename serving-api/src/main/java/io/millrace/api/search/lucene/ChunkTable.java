package io.millrace.api.search.lucene;

import io.millrace.app.search.SearchIndex;
import io.millrace.lake.Lake;
import java.io.IOException;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.OutOfRangeException;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.StreamTableScan;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.table.source.TableScan;
import org.apache.paimon.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Reads {@code ai.chunks}: all of it once, then what changes. */
final class ChunkTable {
    private final FileStoreTable table;
    private final StreamTableScan scan;
    private final TableRead read;

    private ChunkTable(FileStoreTable table, IOManager temporary) {
        this.table = table;
        this.scan = table.newReadBuilder().newStreamScan();
        this.read = table.newReadBuilder().newRead().withIOManager(temporary);
    }

    /**
     * @param temporary where rows are sorted that do not fit in memory
     * @throws io.millrace.lake.LakeException when there is no such table yet
     */
    static ChunkTable open(Lake lake, IOManager temporary) {
        int dot = SearchIndex.CHUNKS.indexOf('.');
        return new ChunkTable(
                lake.table(SearchIndex.CHUNKS.substring(0, dot), SearchIndex.CHUNKS.substring(dot + 1)), temporary);
    }

    String uuid() {
        return table.uuid();
    }

    /**
     * Goes on with the changes of that snapshot instead of reading everything.
     *
     * @throws Passed when they are gone; Paimon itself looks only now and then
     */
    void goOnFrom(long snapshot) throws Passed {
        @Nullable Long earliest = table.snapshotManager().earliestSnapshotId();
        @Nullable Long latest = table.snapshotManager().latestSnapshotId();
        if (earliest != null && earliest > snapshot || snapshot > (latest == null ? 0 : latest) + 1) {
            throw new Passed("snapshot " + snapshot + " is not among " + earliest + " to " + latest);
        }
        scan.restore(snapshot);
    }

    /** The snapshot whose changes come next. */
    long next() {
        @Nullable Long next = scan.checkpoint();
        return next == null ? 1 : next;
    }

    /**
     * Reads the next commit with changes, or at first everything.
     *
     * @param rows is given each row and whether it is there (true) or gone
     * @return whether there was any
     * @throws Passed when the changes cannot be followed any more, and everything must be read anew
     */
    boolean read(BiConsumer<LakeChunk, Boolean> rows) throws IOException, Passed {
        @Nullable Long before = scan.checkpoint();
        TableScan.Plan plan;
        try {
            plan = scan.plan();
        } catch (OutOfRangeException e) {
            throw new Passed("snapshot " + before + " is not there any more");
        }
        if (before != null) {
            for (long id = before; id < next(); id++) {
                // Such a commit, as a truncation is, says nothing of the rows it removes.
                if (!table.snapshotManager().snapshotExists(id)
                        || table.snapshotManager().snapshot(id).commitKind() == Snapshot.CommitKind.OVERWRITE) {
                    throw new Passed("snapshot " + id + " wrote the table anew");
                }
            }
        }
        for (Split split : plan.splits()) {
            try (RecordReader<InternalRow> reader = read.createReader(split)) {
                reader.forEachRemaining(row -> {
                    if (row.getRowKind() != RowKind.UPDATE_BEFORE) {
                        rows.accept(LakeChunk.of(table.rowType(), row), row.getRowKind() != RowKind.DELETE);
                    }
                });
            }
        }
        return !Objects.equals(before, scan.checkpoint());
    }

    /** The table has gone on without its reader. */
    static final class Passed extends Exception {
        private static final long serialVersionUID = 1L;

        Passed(String reason) {
            super(reason);
        }
    }
}
