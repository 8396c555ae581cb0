package io.millrace.hot;

import io.millrace.app.table.TableFile;
import io.millrace.hotstore.HotStoreProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.scanner.Scan;
import org.apache.fluss.client.table.scanner.log.LogScanner;
import org.apache.fluss.client.table.writer.AppendWriter;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.GenericRow;

/** Reads a log of ten columns whole, and two of its columns: {@code ScanBenchmark ROWS}. */
final class ScanBenchmark {
    private static final int TEXTS = 8;
    private static final int ROUNDS = 7;
    private static final TablePath LOG = TablePath.of("bench", "log");

    private ScanBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("scan-benchmark");
        HotStoreProcess store = HotStoreProcess.start(folder);
        try (HotConnection connection = new HotConnection(store.bootstrap(), Duration.ofSeconds(30))) {
            try (HotTables tables = HotTables.connect(store.bootstrap())) {
                StringBuilder columns = new StringBuilder("id BIGINT, amount BIGINT");
                for (int i = 0; i < TEXTS; i++) {
                    columns.append(", text_").append(i).append(" STRING");
                }
                tables.ensure(TableFile.parse("bench.sql", "bench", "CREATE TABLE log (" + columns + ");"));
            }
            append(connection.get(), rows);
            List<Double> all = new ArrayList<>();
            List<Double> two = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                all.add(scan(connection.get(), rows, false));
                two.add(scan(connection.get(), rows, true));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows: all ten columns %.0f ms, two of them %.0f ms (medians of %d)%n",
                    rows,
                    median(all),
                    median(two),
                    ROUNDS);
        } finally {
            store.close();
        }
    }

    private static void append(Connection connection, int rows) throws Exception {
        Random random = new Random(1);
        try (Table table = connection.getTable(LOG)) {
            AppendWriter writer = table.newAppend().createWriter();
            for (int i = 0; i < rows; i++) {
                Object[] values = new Object[TEXTS + 2];
                values[0] = (long) i;
                values[1] = random.nextLong();
                for (int text = 0; text < TEXTS; text++) {
                    values[text + 2] = BinaryString.fromString("text " + Long.toHexString(random.nextLong()));
                }
                writer.append(GenericRow.of(values));
            }
            writer.flush();
        }
    }

    private static double scan(Connection connection, int rows, boolean two) throws Exception {
        long start = System.nanoTime();
        try (Table table = connection.getTable(LOG)) {
            Scan scan = table.newScan();
            try (LogScanner scanner = (two ? scan.project(List.of("id", "amount")) : scan).createLogScanner()) {
                scanner.subscribeFromBeginning(0);
                long sum = 0;
                for (int seen = 0; seen < rows; ) {
                    for (var record : scanner.poll(Duration.ofSeconds(1))) {
                        sum += record.getRow().getLong(0);
                        seen++;
                    }
                }
                if (sum != (long) rows * (rows - 1) / 2) {
                    throw new IllegalStateException("rows are missing: the sum of ids is " + sum);
                }
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
