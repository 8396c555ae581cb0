package io.millrace.sql.engine;

import io.millrace.sql.lake.PinnedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBFunctions;

/** The scans that are under way, and the DuckDB table functions that find them by key. */
final class Scans {
    static final String SCAN = "lake_scan";
    static final String DELETED = "lake_deleted";

    private final Map<String, Scan> scans = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong();
    private final AtomicLong merges = new AtomicLong();
    private final String tempDirectory;

    Scans(String tempDirectory) {
        this.tempDirectory = tempDirectory;
    }

    Scan open(PinnedTable table, long limitBytes) {
        String key = String.valueOf(nextKey.incrementAndGet());
        Scan scan = new Scan(key, table, tempDirectory, limitBytes, () -> scans.remove(key));
        scans.put(key, scan);
        return scan;
    }

    Scan find(String key) {
        Scan scan = scans.get(key);
        if (scan == null) {
            throw new IllegalStateException("scan " + key + " has ended");
        }
        return scan;
    }

    void merging() {
        merges.incrementAndGet();
    }

    /** How often splits were merged since the start. */
    long merges() {
        return merges.get();
    }

    void register(Connection duckDb) throws SQLException {
        DuckDBFunctions.tableFunction()
                .withName(SCAN)
                .withParameter(String.class)
                .withProjectionPushdown()
                .withFunction(new ScanFunction(this))
                .register(duckDb);
        DuckDBFunctions.tableFunction()
                .withName(DELETED)
                .withParameter(String.class)
                .withParameter(int.class)
                .withFunction(new DeletedFunction(this))
                .register(duckDb);
    }
}
