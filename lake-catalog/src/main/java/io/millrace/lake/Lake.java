package io.millrace.lake;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;

/** The lake's catalog. Safe for use by one thread at a time. */
public final class Lake implements AutoCloseable {
    private final Catalog catalog;

    private Lake(Catalog catalog) {
        this.catalog = catalog;
    }

    /** @param warehouse made at the first write */
    public static Lake open(Warehouse warehouse) {
        return new Lake(CatalogFactory.createCatalog(warehouse.context()));
    }

    /**
     * Creates the tables that are missing and brings the others up to their definition: columns added at the end and
     * changed options are taken over, anything else is refused.
     *
     * @return one line for each table that was created or changed
     * @throws LakeException naming the table, the difference and the fix
     */
    public List<String> ensure(List<TableDefinition> tables) {
        List<String> done = new ArrayList<>();
        for (TableDefinition table : tables) {
            Identifier identifier = Identifier.create(table.database(), table.name());
            try {
                catalog.createDatabase(table.database(), true);
                if (exists(identifier)) {
                    done.addAll(evolve(identifier, table));
                } else {
                    catalog.createTable(identifier, TableSchema.of(table), true);
                    done.add("created lake." + table.qualifiedName());
                }
            } catch (LakeException e) {
                throw e;
            } catch (Exception e) {
                throw new LakeException(
                        table.file() + ":" + table.line() + ": table lake." + table.qualifiedName() + ": "
                                + e.getMessage(),
                        e);
            }
        }
        return done;
    }

    /** The definitions with their columns in the order in which the lake holds them: new columns come last there. */
    public List<TableDefinition> asStored(List<TableDefinition> tables) {
        return tables.stream()
                .map(table -> table.withColumnOrder(
                        table(table.database(), table.name()).rowType().getFieldNames()))
                .toList();
    }

    /** A table for reading or for its metadata; its snapshot is the latest at the time of a scan. */
    public FileStoreTable table(String database, String name) {
        try {
            return (FileStoreTable) catalog.getTable(Identifier.create(database, name));
        } catch (Catalog.TableNotExistException e) {
            throw new LakeException("table lake." + database + "." + name + " does not exist", e);
        }
    }

    /** Number of rows by the metadata of the latest snapshot: live rows, except what awaits merging. Empty: no snapshot. */
    public OptionalLong rows(String database, String name) {
        FileStoreTable table = table(database, name);
        if (table.latestSnapshot().isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(table.newReadBuilder().newScan().plan().splits().stream()
                .mapToLong(split -> split.mergedRowCount().orElse(split.rowCount()))
                .sum());
    }

    /** Removes all rows of a table, in a new snapshot. */
    public void truncate(String database, String name) {
        try (var commit = table(database, name).newBatchWriteBuilder().newCommit()) {
            commit.truncateTable();
        } catch (Exception e) {
            throw new LakeException("table lake." + database + "." + name + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    /**
     * Removes the copy of a hot table, if there is one.
     *
     * @throws LakeException when a table of that name is no such copy
     */
    public void dropCopyOfHot(String database, String name) {
        Identifier identifier = Identifier.create(database, name);
        if (!exists(identifier)) {
            return;
        }
        if (!isCopyOfHot(table(database, name))) {
            throw new LakeException("table lake." + database + "." + name + " is no copy of hot." + database + "."
                    + name + ": give the hot table another name");
        }
        try {
            catalog.dropTable(identifier, true);
        } catch (Exception e) {
            throw new LakeException("table lake." + database + "." + name + " cannot be removed: " + e.getMessage(), e);
        }
    }

    /** Whether it is what the hot store's tiering keeps of a table. */
    static boolean isCopyOfHot(FileStoreTable table) {
        return table.options().containsKey("fluss." + TableDefinition.TIERED);
    }

    private boolean exists(Identifier identifier) {
        try {
            catalog.getTable(identifier);
            return true;
        } catch (Catalog.TableNotExistException e) {
            return false;
        }
    }

    private List<String> evolve(Identifier identifier, TableDefinition table) throws Exception {
        FileStoreTable existing = (FileStoreTable) catalog.getTable(identifier);
        List<DataField> fields = existing.rowType().getFields();
        if (!existing.primaryKeys().equals(table.primaryKey())) {
            throw different(
                    table,
                    "its primary key is " + existing.primaryKeys() + " in the lake, " + table.primaryKey()
                            + " in the file");
        }
        List<SchemaChange> changes = new ArrayList<>();
        List<String> done = new ArrayList<>();
        for (DataField field : fields) {
            Column column = table.column(field.name())
                    .orElseThrow(() -> different(table, "column " + field.name() + " is gone from the file"));
            if (!TableSchema.type(table, column).equals(field.type())) {
                throw different(
                        table,
                        "column " + field.name() + " is " + field.type() + " in the lake, "
                                + TableSchema.type(table, column) + " in the file");
            }
        }
        for (Column column : table.columns()) {
            if (!existing.rowType().containsField(column.name())) {
                changes.add(SchemaChange.addColumn(column.name(), TableSchema.type(table, column)));
                done.add("added column " + column.name() + " to lake." + table.qualifiedName());
            }
        }
        Map<String, String> options = existing.schema().options();
        String buckets = options.getOrDefault("bucket", "-1");
        String wantedBuckets = table.options().getOrDefault("bucket", buckets);
        if (existing.latestSnapshot().isPresent() && !wantedBuckets.equals(buckets)) {
            // Paimon takes the option and then refuses every write until all rows are written anew.
            throw different(table, "its bucket is " + buckets + " in the lake, " + wantedBuckets + " in the file");
        }
        TableSchema.options(table).forEach((key, value) -> {
            if (!Objects.equals(options.get(key), value)) {
                changes.add(SchemaChange.setOption(key, value));
                done.add("set " + key + " = " + value + " on lake." + table.qualifiedName());
            }
        });
        if (!changes.isEmpty()) {
            catalog.alterTable(identifier, changes, false);
        }
        return done;
    }

    private static LakeException different(TableDefinition table, String difference) {
        return new LakeException(table.file() + ":" + table.line() + ": table lake." + table.qualifiedName()
                + " exists and " + difference + ": only new columns at the end are taken over; "
                + "change it back, or give the table a new name");
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
