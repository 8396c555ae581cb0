package io.millrace.sql.lake;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Pins tables to their latest snapshot, and keeps the plan of the latest version of each. */
public final class Snapshots {
    /** A writer that commits faster than a plan takes is waited out; after this many plans it is an error. */
    private static final int ATTEMPTS = 20;

    private final Lake lake;
    private final Map<TableName, PinnedTable> latest = new ConcurrentHashMap<>();
    private final Map<TableName, Object> locks = new ConcurrentHashMap<>();
    private final AtomicLong plans = new AtomicLong();

    public Snapshots(Lake lake) {
        this.lake = lake;
    }

    /** The table as it is now: reads one schema and one snapshot file, and plans only when the version is new. */
    public PinnedTable pin(TableName name) {
        Table table = lake.table(name);
        if (!(table instanceof FileStoreTable store)) {
            return ScanPlanner.plan(name, table, new Version(-1, 0, 0));
        }
        PinnedTable known = latest.get(name);
        if (known != null && known.version().equals(version(store))) {
            return known;
        }
        synchronized (locks.computeIfAbsent(name, key -> new Object())) {
            return planned(name, store);
        }
    }

    private PinnedTable planned(TableName name, FileStoreTable store) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Version before = version(store);
            PinnedTable known = latest.get(name);
            if (known != null && known.version().equals(before)) {
                return known;
            }
            plans.incrementAndGet();
            PinnedTable plan = ScanPlanner.plan(name, store, before);
            // the scan picks the latest snapshot by itself: a commit in between would make the plan's name wrong
            if (version(store).equals(before)) {
                latest.put(name, plan);
                return plan;
            }
        }
        throw new SqlFailure(
                SqlError.OTHER, "table " + name + " changed " + ATTEMPTS + " times while it was planned: try again");
    }

    private static Version version(FileStoreTable table) {
        Optional<Snapshot> snapshot = table.latestSnapshot();
        return new Version(
                table.schema().id(),
                snapshot.map(Snapshot::id).orElse(0L),
                snapshot.map(Snapshot::timeMillis).orElse(0L));
    }

    /** Forgets a plan whose files are gone. */
    public void forget(TableName name) {
        latest.remove(name);
    }

    /** How many plans were made since the start. */
    public long plans() {
        return plans.get();
    }
}
