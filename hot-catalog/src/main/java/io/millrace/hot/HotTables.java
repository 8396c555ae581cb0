package io.millrace.hot;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.fluss.client.admin.Admin;
import org.apache.fluss.config.FlussConfigUtils;
import org.apache.fluss.metadata.DatabaseDescriptor;
import org.apache.fluss.metadata.Schema;
import org.apache.fluss.metadata.TableChange;
import org.apache.fluss.metadata.TableDescriptor;
import org.apache.fluss.metadata.TableInfo;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.types.DataType;
import org.apache.fluss.types.DataTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the hot store's tables as the app declares them. For one thread at a time. */
public final class HotTables implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HotTables.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LEADER_PATIENCE = Duration.ofSeconds(10);
    private static final int TURNS = 5;
    private static final String BUCKETS = "bucket.num";
    private static final String BUCKET_KEY = "bucket.key";

    /** Of tables that are carried into the lake, unless the file says otherwise: else small files and snapshots pile up. */
    private static final Map<String, String> IN_THE_LAKE =
            Map.of("table.datalake.auto-compaction", "true", "table.datalake.auto-expire-snapshot", "true");

    private final HotConnection connection;
    private final Admin admin;

    private HotTables(HotConnection connection) {
        this.connection = connection;
        this.admin = connection.admin();
    }

    /**
     * @param bootstrap {@code HOST:PORT} of the hot store
     * @throws HotStoreException when it does not answer
     */
    public static HotTables connect(String bootstrap) {
        return new HotTables(new HotConnection(bootstrap, PATIENCE));
    }

    /**
     * Creates the tables that are missing, adds columns that are new at the end and takes over changed options that the hot
     * store can change; anything else is refused.
     *
     * @return one line for each table that was created or changed
     * @throws HotStoreException naming the table, the difference and the fix
     */
    public List<String> ensure(List<TableDefinition> tables) {
        List<String> done = new ArrayList<>();
        for (TableDefinition table : tables) {
            TablePath path = TablePath.of(table.database(), table.name());
            String what = table.file() + ":" + table.line() + ": table hot." + table.qualifiedName();
            connection.answer(what, admin.createDatabase(table.database(), DatabaseDescriptor.EMPTY, true));
            if (connection.answer(what, admin.tableExists(path))) {
                done.addAll(evolve(table, path, what));
            } else {
                make(table, path, what);
                done.add("created hot." + table.qualifiedName());
            }
        }
        return done;
    }

    /**
     * Makes a table, again if need be: the coordinator of Fluss 0.9.1 may not see that one was made, when it looks too late
     * and finds the node of the table already written. Such a table never gets a leader, and cannot be read or written.
     */
    void make(TableDefinition table, TablePath path, String what) {
        TableDescriptor descriptor = descriptor(table);
        for (int turn = 1; turn <= TURNS; turn++) {
            connection.answer(what, admin.createTable(path, descriptor, true));
            // Of a partitioned table only its partitions have leaders.
            if (!table.partitionKeys().isEmpty() || isLed(path, what)) {
                return;
            }
            log.warn("{} got no leader within {} s, it is made anew", what, LEADER_PATIENCE.toSeconds());
            drop(table);
        }
        throw new HotStoreException(
                what + ": it was made " + TURNS + " times and never got a leader: ./millrace logs hot-store says more");
    }

    private boolean isLed(TablePath path, String what) {
        long deadline = System.nanoTime() + LEADER_PATIENCE.toNanos();
        while (true) {
            try {
                new HotChangeLog(connection, connection.answer(what, admin.getTableInfo(path))).latest();
                return true;
            } catch (HotStoreException e) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                HotConnection.pause();
            }
        }
    }

    public boolean exists(TableDefinition table) {
        return connection.answer(
                "table hot." + table.qualifiedName(), admin.tableExists(TablePath.of(table.database(), table.name())));
    }

    /** Removes a table with all its rows; one that is not there is no failure. */
    public void drop(TableDefinition table) {
        connection.answer(
                "table hot." + table.qualifiedName(),
                admin.dropTable(TablePath.of(table.database(), table.name()), true));
    }

    private List<String> evolve(TableDefinition table, TablePath path, String what) {
        TableInfo stored = connection.answer(what, admin.getTableInfo(path));
        if (!stored.getPrimaryKeys().equals(table.primaryKey())) {
            throw different(
                    table,
                    "its primary key is " + stored.getPrimaryKeys() + " in the hot store, " + table.primaryKey()
                            + " in the file");
        }
        List<String> names = stored.getRowType().getFieldNames();
        List<Column> columns = table.columns();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (i >= columns.size() || !columns.get(i).name().equals(name)) {
                throw different(
                        table,
                        "its column " + (i + 1) + " is " + name + " in the hot store, "
                                + (i < columns.size() ? columns.get(i).name() : "none") + " in the file");
            }
            DataType type = stored.getRowType().getTypeAt(i);
            if (!type(table, columns.get(i)).equals(type)) {
                throw different(
                        table,
                        "column " + name + " is " + type + " in the hot store, " + type(table, columns.get(i))
                                + " in the file");
            }
        }
        List<TableChange> added = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (Column column : columns.subList(names.size(), columns.size())) {
            added.add(TableChange.addColumn(
                    column.name(), type(table, column), column.comment(), TableChange.ColumnPosition.last()));
            done.add("added column " + column.name() + " to hot." + table.qualifiedName());
        }
        if (!added.isEmpty()) {
            connection.answer(what, admin.alterTable(path, added, false));
        }
        List<TableChange> options = changedOptions(table, stored, done);
        if (!options.isEmpty()) {
            connection.answer(what, admin.alterTable(path, options, false));
        }
        return done;
    }

    /** @param done gets a line for each */
    private static List<TableChange> changedOptions(TableDefinition table, TableInfo stored, List<String> done) {
        requireSame(table, BUCKETS, String.valueOf(stored.getNumBuckets()), String.valueOf(buckets(table)));
        if (!bucketKey(table).isEmpty()) {
            requireSame(
                    table, BUCKET_KEY, String.join(",", stored.getBucketKeys()), String.join(",", bucketKey(table)));
        }
        Map<String, String> has = stored.getProperties().toMap();
        Map<String, String> wanted = properties(table);
        if (has.containsKey(TableDefinition.TIERED)) {
            wanted.putIfAbsent(TableDefinition.TIERED, "false");
        }
        List<TableChange> changes = new ArrayList<>();
        wanted.forEach((key, value) -> {
            String old = has.getOrDefault(key, "not set");
            if (!FlussConfigUtils.isAlterableTableOption(key)) {
                requireSame(table, key, old, value);
            } else if (!value.equals(old)) {
                changes.add(TableChange.set(key, value));
                done.add("changed '" + key + "' of hot." + table.qualifiedName() + " to '" + value + "'");
            }
        });
        return changes;
    }

    private static void requireSame(TableDefinition table, String option, String has, String wanted) {
        if (!has.equals(wanted)) {
            throw different(table, "its '" + option + "' is " + has + " in the hot store, " + wanted + " in the file");
        }
    }

    private static Map<String, String> properties(TableDefinition table) {
        Map<String, String> properties = new TreeMap<>();
        if (table.options().containsKey(TableDefinition.TIERED)) {
            properties.putAll(IN_THE_LAKE);
        }
        properties.putAll(table.options());
        properties.keySet().removeAll(List.of(BUCKETS, BUCKET_KEY));
        return properties;
    }

    private static TableDescriptor descriptor(TableDefinition table) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : table.columns()) {
            schema.column(column.name(), type(table, column));
            if (!column.comment().isEmpty()) {
                schema.withComment(column.comment());
            }
        }
        if (!table.primaryKey().isEmpty()) {
            schema.primaryKey(table.primaryKey());
        }
        TableDescriptor.Builder descriptor = TableDescriptor.builder()
                .schema(schema.build())
                .comment(table.comment())
                .partitionedBy(table.partitionKeys())
                .distributedBy(buckets(table), bucketKey(table));
        properties(table).forEach(descriptor::property);
        return descriptor.build();
    }

    private static int buckets(TableDefinition table) {
        String buckets = table.options().getOrDefault(BUCKETS, "1");
        try {
            return Integer.parseInt(buckets);
        } catch (NumberFormatException e) {
            throw new HotStoreException(
                    table.file() + ":" + table.line() + ": '" + BUCKETS + "' is '" + buckets + "': give a number", e);
        }
    }

    private static List<String> bucketKey(TableDefinition table) {
        String key = table.options().get(BUCKET_KEY);
        return key == null ? List.of() : List.of(key.split("\\s*,\\s*"));
    }

    private static DataType type(TableDefinition table, Column column) {
        try {
            return DataTypes.parse(column.type()).copy(column.nullable());
        } catch (RuntimeException e) {
            throw new HotStoreException(
                    table.file() + ":" + column.line() + ": column " + column.name()
                            + " has a type the hot store does not know: " + column.type(),
                    e);
        }
    }

    private static HotStoreException different(TableDefinition table, String difference) {
        return new HotStoreException(
                table.file() + ":" + table.line() + ": table hot." + table.qualifiedName()
                        + " cannot become what the file says: " + difference
                        + ". Columns can be added at the end and the freshness of its copy can be changed, no more: undo the change, or give the table another name");
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
