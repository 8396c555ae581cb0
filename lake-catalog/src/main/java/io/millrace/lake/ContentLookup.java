package io.millrace.lake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BlobDescriptor;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.SpecialFields;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.Range;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the bytes of a content lie, at one snapshot: its row by the small files beside the BLOBs, then that row's
 * descriptor. In one read the filter would open every BLOB file.
 */
final class ContentLookup {
    private static final String ID = "media_id";
    private static final String BYTES = "content";

    private final FileStoreTable table;

    /** @param snapshot of the table */
    ContentLookup(FileStoreTable table, long snapshot) {
        this.table = table.copy(Map.of(
                CoreOptions.BLOB_AS_DESCRIPTOR.key(), "true", CoreOptions.SCAN_SNAPSHOT_ID.key(), "" + snapshot));
    }

    Optional<BlobDescriptor> find(String mediaId) throws IOException {
        Long row = row(BinaryString.fromString(mediaId));
        return row == null ? Optional.empty() : Optional.ofNullable(descriptor(row));
    }

    private @Nullable Long row(BinaryString mediaId) throws IOException {
        RowType type = table.rowType();
        ReadBuilder ids = table.newReadBuilder()
                .withReadType(RowType.of(type.getField(ID), SpecialFields.ROW_ID))
                .withFilter(new PredicateBuilder(type).equal(type.getFieldIndex(ID), mediaId));
        return first(ids, row -> !row.isNullAt(0) && row.getString(0).equals(mediaId) ? row.getLong(1) : null);
    }

    private @Nullable BlobDescriptor descriptor(long row) throws IOException {
        ReadBuilder content = table.newReadBuilder()
                .withReadType(RowType.of(table.rowType().getField(BYTES)))
                .withRowRanges(List.of(new Range(row, row)));
        return first(
                content, found -> found.isNullAt(0) ? null : found.getBlob(0).toDescriptor());
    }

    private interface Getter<T> {
        @Nullable
        T get(InternalRow row);
    }

    private static <T> @Nullable T first(ReadBuilder read, Getter<T> getter) throws IOException {
        try (RecordReader<InternalRow> rows =
                read.newRead().createReader(read.newScan().plan())) {
            RecordReader.RecordIterator<InternalRow> batch;
            while ((batch = rows.readBatch()) != null) {
                InternalRow row;
                while ((row = batch.next()) != null) {
                    T value = getter.get(row);
                    if (value != null) {
                        return value;
                    }
                }
                batch.releaseBatch();
            }
            return null;
        }
    }
}
