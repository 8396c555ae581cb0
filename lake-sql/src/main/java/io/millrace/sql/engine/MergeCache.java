package io.millrace.sql.engine;

import io.millrace.sql.lake.PinnedTable;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.lake.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merged rows of tables, kept in DuckDB's memory for one version each. One thread merges a version, others wait for it.
 * Beyond the budget, older versions of the same table leave first, then whatever was used longest ago; what a query is
 * reading never leaves.
 */
final class MergeCache {
    private static final Logger log = LoggerFactory.getLogger(MergeCache.class);

    private final DuckDb duckDb;
    private final Scans scans;
    private final long budgetBytes;
    private final Map<Key, Entry> entries = new HashMap<>();
    private final AtomicLong hits = new AtomicLong();
    private long clock;

    MergeCache(DuckDb duckDb, Scans scans, long budgetBytes) {
        this.duckDb = duckDb;
        this.scans = scans;
        this.budgetBytes = budgetBytes;
    }

    private record Key(TableName name, Version version) {}

    private enum State {
        LOADING,
        READY,
        TOO_BIG
    }

    private static final class Entry {
        private final Key key;
        private final String relation;
        private State state = State.LOADING;
        private long bytes;
        private int readers;
        private long lastUse;

        private Entry(Key key, String relation) {
            this.key = key;
            this.relation = relation;
        }
    }

    /** The right to read a cached relation until it is closed. */
    final class Lease implements AutoCloseable {
        private final Entry entry;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        String relation() {
            return entry.relation;
        }

        @Override
        public void close() {
            release(entry);
        }
    }

    /** The merged rows of the table, merging them first when needed; empty when they do not fit into the cache. */
    Optional<Lease> lease(PinnedTable table) throws SQLException, InterruptedException {
        if (table.isSystemTable() || table.mergedBytes() > budgetBytes) {
            return Optional.empty();
        }
        Key key = new Key(table.name(), table.version());
        Entry entry;
        synchronized (this) {
            entry = entries.get(key);
            while (entry != null && entry.state == State.LOADING) {
                wait();
                entry = entries.get(key);
            }
            if (entry != null) {
                return entry.state == State.TOO_BIG ? Optional.empty() : Optional.of(hit(entry));
            }
            entry = new Entry(key, "cache.main.merged_" + ++clock);
            entries.put(key, entry);
        }
        return load(entry, table);
    }

    private Lease hit(Entry entry) {
        hits.incrementAndGet();
        return reading(entry);
    }

    private Lease reading(Entry entry) {
        entry.readers++;
        entry.lastUse = ++clock;
        return new Lease(entry);
    }

    private Optional<Lease> load(Entry entry, PinnedTable table) throws SQLException {
        State outcome = null;
        makeRoom(entry.key, table.mergedBytes());
        try (Scan scan = scans.open(table, budgetBytes);
                Connection connection = duckDb.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + entry.relation + " AS " + new RelationSql(table).toCache(scan.key()));
            entry.bytes = scan.countedBytes();
            outcome = State.READY;
        } catch (SQLException e) {
            if (!isTooBig(e)) {
                throw e;
            }
            log.info(
                    "table {} does not fit into the cache of {} bytes: queries merge it anew",
                    table.name(),
                    budgetBytes);
            outcome = State.TOO_BIG;
        } finally {
            finish(entry, outcome);
        }
        makeRoom(entry.key, 0);
        return outcome == State.READY ? Optional.of(new Lease(entry)) : Optional.empty();
    }

    private static boolean isTooBig(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains(TooBigException.class.getSimpleName()) || message.contains("Out of Memory");
    }

    /** @param outcome null when the load failed: the next query tries again */
    private synchronized void finish(Entry entry, @org.jspecify.annotations.Nullable State outcome) {
        if (outcome == null) {
            entries.remove(entry.key);
        } else {
            entry.state = outcome;
            entry.readers += outcome == State.READY ? 1 : 0;
            entry.lastUse = ++clock;
        }
        notifyAll();
    }

    private void release(Entry entry) {
        synchronized (this) {
            entry.readers--;
        }
        makeRoom(entry.key, 0);
    }

    /** Drops what is over the budget, or is an older version of this table, and is not being read. */
    private void makeRoom(Key newest, long neededBytes) {
        List<Entry> dropped = new ArrayList<>();
        synchronized (this) {
            for (Entry entry : List.copyOf(entries.values())) {
                boolean older = entry.key.name().equals(newest.name())
                        && entry.key.version().snapshotId() < newest.version().snapshotId();
                if (older && isIdle(entry)) {
                    entries.remove(entry.key);
                    dropped.add(entry);
                }
            }
            List<Entry> idle = entries.values().stream()
                    .filter(entry -> entry.state == State.READY && isIdle(entry))
                    .sorted(Comparator.comparingLong(entry -> entry.lastUse))
                    .toList();
            long total = bytes() + neededBytes;
            for (Entry entry : idle) {
                if (total <= budgetBytes) {
                    break;
                }
                total -= entry.bytes;
                entries.remove(entry.key);
                dropped.add(entry);
            }
        }
        dropped.stream().filter(entry -> entry.state == State.READY).forEach(this::drop);
    }

    private static boolean isIdle(Entry entry) {
        return entry.state != State.LOADING && entry.readers == 0;
    }

    private void drop(Entry entry) {
        try (Connection connection = duckDb.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + entry.relation);
        } catch (SQLException e) {
            log.warn("cached rows of {} were not dropped: {}", entry.key.name(), e.getMessage());
        }
    }

    /** About how many bytes the cached rows take. */
    synchronized long bytes() {
        return entries.values().stream().mapToLong(entry -> entry.bytes).sum();
    }

    synchronized long tables() {
        return entries.values().stream()
                .filter(entry -> entry.state == State.READY)
                .count();
    }

    long hits() {
        return hits.get();
    }
}
