package io.millrace.ingestion;

import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryRowWriter;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.query.LocalTableQuery;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;

/**
 * Rows of a lake table's newest snapshot by their key, by Paimon's own reader in this process:
 * {@code LocalTableQueryBenchmark LAKE_FOLDER DATABASE TABLE}, a table of one bucket with a BIGINT as its key.
 */
final class LocalTableQueryBenchmark {
    private static final int CALLS = 5_000;

    private LocalTableQueryBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("local-table-query");
        try (Lake lake = Lake.open(Warehouse.local(arguments[0]));
                IOManager disk = IOManager.create(folder.toString())) {
            FileStoreTable table = lake.table(arguments[1], arguments[2]);
            List<Split> splits = table.newReadBuilder().newScan().plan().splits();
            List<Long> keys = keys(table, splits);
            try (LocalTableQuery query = table.newLocalTableQuery().withIOManager(disk)) {
                for (Split split : splits) {
                    DataSplit files = (DataSplit) split;
                    query.refreshFiles(files.partition(), files.bucket(), List.of(), files.dataFiles());
                }
                measure(query, keys);
            }
        }
    }

    private static List<Long> keys(FileStoreTable table, List<Split> splits) throws Exception {
        int column = table.rowType().getFieldIndex(table.primaryKeys().get(0));
        List<Long> keys = new ArrayList<>();
        try (RecordReader<InternalRow> rows = table.newReadBuilder().newRead().createReader(splits)) {
            rows.forEachRemaining(row -> keys.add(row.getLong(column)));
        }
        return keys;
    }

    private static BinaryRow key(long value) {
        BinaryRow row = new BinaryRow(1);
        BinaryRowWriter writer = new BinaryRowWriter(row);
        writer.writeLong(0, value);
        writer.complete();
        return row;
    }

    private static void measure(LocalTableQuery query, List<Long> keys) throws Exception {
        Random random = new Random(1);
        long[] nanos = new long[CALLS];
        for (int call = -CALLS; call < CALLS; call++) {
            BinaryRow key = key(keys.get(random.nextInt(keys.size())));
            long start = System.nanoTime();
            if (query.lookup(BinaryRow.EMPTY_ROW, 0, key) == null) {
                throw new IllegalStateException("a row that was read is not found");
            }
            if (call >= 0) {
                nanos[call] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%d keys, one at a time: p50 %.4f ms, p99 %.4f ms%n",
                keys.size(),
                nanos[CALLS / 2] / 1e6,
                nanos[CALLS * 99 / 100] / 1e6);
    }
}
