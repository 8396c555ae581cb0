package io.millrace.sql.lake;

import io.millrace.service.Nearest;
import io.millrace.service.SettingsException;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** A Paimon warehouse; every call looks at the files anew, so new tables appear at once. */
public final class Lake implements AutoCloseable {
    private final String name;
    private final String root;
    private final Optional<Path> directory;
    private final Catalog catalog;

    private Lake(String name, String root, Optional<Path> directory, Catalog catalog) {
        this.name = name;
        this.root = root;
        this.directory = directory;
        this.catalog = catalog;
    }

    /**
     * @param warehouse a directory, a {@code file:} URI or an {@code s3:} URI
     * @param access Paimon's options of the object store, with its keys
     */
    public static Lake open(String name, String warehouse, Map<String, String> access) {
        Options options = new Options();
        // a cached table would hide new snapshots and schemas
        options.set("cache-enabled", "false");
        if (warehouse.startsWith("s3:")) {
            access.forEach(options::set);
            return open(name, warehouse, Optional.empty(), options);
        }
        if (warehouse.contains("://") && !warehouse.startsWith("file:")) {
            throw new SettingsException(
                    "warehouse is '" + warehouse + "': give a directory, a file: URI or an s3: URI");
        }
        Path directory = Path.of(warehouse.replaceFirst("^file:/*", "/"))
                .toAbsolutePath()
                .normalize();
        return open(name, "file://" + directory, Optional.of(directory), options);
    }

    private static Lake open(String name, String root, Optional<Path> directory, Options options) {
        options.set("warehouse", root);
        return new Lake(name, root, directory, CatalogFactory.createCatalog(CatalogContext.create(options)));
    }

    /** The name the warehouse has in SQL. */
    public String name() {
        return name;
    }

    /** Where it is. */
    public String root() {
        return root;
    }

    /** Its directory, unless it is on an object store. */
    public Optional<Path> directory() {
        return directory;
    }

    public List<String> databases() {
        return catalog.listDatabases().stream().sorted().toList();
    }

    /** @throws SqlFailure 1049 when there is no such database */
    public List<String> tables(String database) {
        try {
            return catalog.listTables(database).stream().sorted().toList();
        } catch (Catalog.DatabaseNotExistException e) {
            throw unknownDatabase(database);
        }
    }

    /** @throws SqlFailure 1146 or 1049 naming the nearest known name */
    public Table table(TableName table) {
        return find(table).orElseThrow(() -> unknownTable(table));
    }

    /** The table, unless there is none. */
    public Optional<Table> find(TableName table) {
        try {
            return Optional.of(withDescriptors(catalog.getTable(Identifier.create(table.database(), table.table()))));
        } catch (Catalog.TableNotExistException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new SqlFailure(SqlError.NO_SUCH_TABLE, "table " + table + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A BLOB is read as where it lies, never as its bytes. */
    private static Table withDescriptors(Table table) {
        return table instanceof FileStoreTable
                        && table.rowType().getFieldTypes().stream().anyMatch(ColumnTypes::isBlob)
                ? table.copy(Map.of(CoreOptions.BLOB_AS_DESCRIPTOR.key(), "true"))
                : table;
    }

    public SqlFailure unknownDatabase(String database) {
        return new SqlFailure(
                SqlError.UNKNOWN_DATABASE,
                "database " + database + " does not exist" + Nearest.hint(database, databases()));
    }

    private SqlFailure unknownTable(TableName table) {
        if (!databases().contains(table.database())) {
            return unknownDatabase(table.database());
        }
        return new SqlFailure(
                SqlError.NO_SUCH_TABLE,
                "table " + table + " does not exist" + Nearest.hint(table.table(), tables(table.database())));
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (Exception e) {
            throw new IllegalStateException("the catalog of " + root + " did not close", e);
        }
    }
}
