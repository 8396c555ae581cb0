package io.millrace.hot;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.scanner.batch.BatchScanner;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.InternalRow;
import org.apache.fluss.utils.CloseableIterator;
import org.jspecify.annotations.Nullable;

/** All rows of hot tables with a primary key, as they are now: for comparing, not for serving. */
public final class HotScan implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of a bucket: its rows come in one answer. */
    private static final int MOST_ROWS = 2_000_000;

    private final HotConnection connection;

    /** @param bootstrap {@code HOST:PORT} */
    public HotScan(String bootstrap) {
        this.connection = new HotConnection(bootstrap, PATIENCE);
    }

    /**
     * @return rows as {@link HotTable#row} has them, in no order
     * @throws HotStoreException when the hot store does not answer, or the table is too large
     */
    public List<Map<String, @Nullable Object>> rows(String database, String name) {
        TablePath path = TablePath.of(database, name);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Table table = connection.get().getTable(path)) {
            TableInfo info = table.getTableInfo();
            RowValues values = new RowValues(info.getRowType());
            for (int bucket = 0; bucket < info.getNumBuckets(); bucket++) {
                int before = rows.size();
                read(table, new TableBucket(info.getTableId(), bucket), values, rows);
                if (rows.size() - before >= MOST_ROWS) {
                    throw new HotStoreException("table hot." + path + " has more than " + MOST_ROWS
                            + " rows in a bucket: too many to be compared");
                }
            }
        } catch (HotStoreException e) {
            throw e;
        } catch (Exception e) {
            throw new HotStoreException("table hot." + path + " cannot be read: " + e.getMessage(), e);
        }
        return rows;
    }

    private static void read(
            Table table, TableBucket bucket, RowValues values, List<Map<String, @Nullable Object>> rows)
            throws IOException {
        try (BatchScanner scanner = table.newScan().limit(MOST_ROWS).createBatchScanner(bucket)) {
            CloseableIterator<InternalRow> batch = scanner.pollBatch(PATIENCE);
            while (batch != null) {
                try (CloseableIterator<InternalRow> some = batch) {
                    some.forEachRemaining(row -> rows.add(values.of(row)));
                }
                batch = scanner.pollBatch(PATIENCE);
            }
        }
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
