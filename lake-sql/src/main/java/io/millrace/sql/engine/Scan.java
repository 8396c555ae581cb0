package io.millrace.sql.engine;

import io.millrace.sql.lake.ColumnTypes;
import io.millrace.sql.lake.PinnedTable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of one statement's read of one table that goes through Paimon. */
final class Scan implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Scan.class);

    private final String key;
    private final PinnedTable table;
    private final List<DataField> fields;
    private final String tempDirectory;
    private final long limitBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<RecordReader<InternalRow>> open = ConcurrentHashMap.newKeySet();
    private final Runnable onClose;

    /** @param limitBytes the scan fails when its rows take more */
    Scan(String key, PinnedTable table, String tempDirectory, long limitBytes, Runnable onClose) {
        this.key = key;
        this.table = table;
        this.fields = table.table().rowType().getFields().stream()
                .filter(field -> ColumnTypes.isReadable(field.type()))
                .toList();
        this.tempDirectory = tempDirectory;
        this.limitBytes = limitBytes;
        this.onClose = onClose;
    }

    String key() {
        return key;
    }

    PinnedTable table() {
        return table;
    }

    /** The columns that can be read, in the table's order. */
    List<DataField> fields() {
        return fields;
    }

    RecordReader<InternalRow> open(Split split, RowType columns) throws IOException {
        RecordReader<InternalRow> reader = table.table()
                .newReadBuilder()
                .withReadType(columns)
                .newRead()
                .withIOManager(IOManager.create(tempDirectory))
                .createReader(split);
        open.add(reader);
        return reader;
    }

    void close(RecordReader<InternalRow> reader) throws IOException {
        if (open.remove(reader)) {
            reader.close();
        }
    }

    /** Counts what the rows take. */
    void count(long moreBytes) {
        if (bytes.addAndGet(moreBytes) > limitBytes) {
            throw new TooBigException(table.name(), limitBytes);
        }
    }

    long countedBytes() {
        return bytes.get();
    }

    /** Ends the readers a query left open, as LIMIT does. */
    @Override
    public void close() {
        onClose.run();
        for (RecordReader<InternalRow> reader : open) {
            try {
                close(reader);
            } catch (IOException e) {
                log.warn("a reader of {} did not close: {}", table.name(), e.getMessage());
            }
        }
    }
}
