package io.millrace.hot;

import io.millrace.changes.Change;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Place;
import io.millrace.changes.PositionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.fluss.client.table.scanner.ScanRecord;
import org.apache.fluss.client.table.scanner.log.LogScanner;
import org.apache.fluss.client.table.scanner.log.ScanRecords;
import org.apache.fluss.exception.FetchException;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.metadata.TableInfo;
import org.jspecify.annotations.Nullable;

/** Reads the changelog of a hot table forwards, each bucket in its order. */
final class HotChangeReader implements ChangeReader {
    private final HotConnection connection;
    private final TableInfo info;
    private final RowValues values;
    private final LogScanner scanner;
    private final ScannedOffsets scanned;

    /** By bucket an update's old row, whose new one has not been read yet. */
    private final Map<Integer, ScanRecord> halves = new HashMap<>();

    HotChangeReader(HotConnection connection, TableInfo info, LogPosition from) {
        this.connection = connection;
        this.info = info;
        this.values = new RowValues(info.getRowType());
        try {
            this.scanner =
                    connection.get().getTable(info.getTablePath()).newScan().createLogScanner();
            for (int bucket = 0; bucket < info.getNumBuckets(); bucket++) {
                scanner.subscribe(bucket, from.offset(bucket));
            }
        } catch (HotStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
        this.scanned = new ScannedOffsets(scanner);
    }

    @Override
    public List<Change> poll(Duration patience) {
        try {
            ScanRecords records = scanner.poll(patience);
            List<Change> changes = new ArrayList<>();
            for (TableBucket bucket : records.buckets()) {
                for (ScanRecord record : records.records(bucket)) {
                    add(changes, bucket.getBucket(), record);
                }
            }
            if (changes.isEmpty()) {
                // Its scanner does not say that the hot store is away.
                connection.requireListening();
            }
            return changes;
        } catch (HotStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            // Fluss has a type of its own for it, which it does not throw here.
            if (e instanceof FetchException && String.valueOf(e.getMessage()).contains("is out of range")) {
                throw PositionException.outOfRange(position(), e);
            }
            throw failure(e);
        }
    }

    @Override
    public LogPosition position() {
        long[] offsets = new long[info.getNumBuckets()];
        for (int bucket = 0; bucket < offsets.length; bucket++) {
            ScanRecord half = halves.get(bucket);
            offsets[bucket] = half == null ? scanned.of(new TableBucket(info.getTableId(), bucket)) : half.logOffset();
        }
        return LogPosition.of(info.getTableId(), offsets);
    }

    private void add(List<Change> changes, int bucket, ScanRecord record) {
        switch (record.getChangeType()) {
            case UPDATE_BEFORE -> halves.put(bucket, record);
            case UPDATE_AFTER ->
                changes.add(change(Change.Kind.UPDATE, bucket, record, row(record), row(halves.remove(bucket))));
            case INSERT -> changes.add(change(Change.Kind.INSERT, bucket, record, row(record), null));
            case DELETE -> changes.add(change(Change.Kind.DELETE, bucket, record, null, row(record)));
            case APPEND_ONLY -> changes.add(change(Change.Kind.APPEND, bucket, record, row(record), null));
        }
    }

    private @Nullable Map<String, @Nullable Object> row(@Nullable ScanRecord record) {
        return record == null ? null : values.of(record.getRow());
    }

    private Change change(
            Change.Kind kind,
            int bucket,
            ScanRecord record,
            @Nullable Map<String, @Nullable Object> row,
            @Nullable Map<String, @Nullable Object> before) {
        Map<String, @Nullable Object> key = null;
        Map<String, @Nullable Object> any = row == null ? before : row;
        if (info.hasPrimaryKey() && any != null) {
            key = new LinkedHashMap<>();
            for (String column : info.getPrimaryKeys()) {
                key.put(column, any.get(column));
            }
        }
        Instant time = Instant.ofEpochMilli(record.timestamp());
        Map<String, Long> origin = new LinkedHashMap<>();
        origin.put("offset", record.logOffset());
        origin.put("bucket", (long) bucket);
        return new Change(kind, new Place(bucket, record.logOffset()), origin, time, key, row, before);
    }

    private HotStoreException failure(RuntimeException e) {
        return new HotStoreException("changes of hot." + info.getTablePath() + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            scanner.close();
        } catch (Exception e) {
            throw new HotStoreException(
                    "the reader of hot." + info.getTablePath() + " did not close: " + e.getMessage(), e);
        }
    }
}
