package io.millrace.lake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;

/** The changes of the tables of the lake, of one database where no other is named, to be asked by many threads at a time. */
public final class LakeChanges implements AutoCloseable {
    private final Catalog catalog;
    private final String database;

    private LakeChanges(Catalog catalog, String database) {
        this.catalog = catalog;
        this.database = database;
    }

    /** @param warehouse need not hold the database yet */
    public static LakeChanges open(Warehouse warehouse, String database) {
        CatalogContext context = warehouse.context();
        // Else a table that was dropped, or has got columns, would be known as it was.
        context.options().set("cache-enabled", "false");
        return new LakeChanges(CatalogFactory.createCatalog(context), database);
    }

    /**
     * The changelog of the table of that name, if there is one, as it is now.
     *
     * @throws LakeException when the lake does not answer
     */
    public Optional<LakeChangeLog> changes(String table) {
        return changes(Identifier.create(database, table));
    }

    /** The same for a table of another database. */
    public Optional<LakeChangeLog> changes(Identifier table) {
        return table(table).map(files -> ask(table, () -> new LakeChangeLog(this, table, files)));
    }

    private Optional<FileStoreTable> table(Identifier table) {
        return ask(table, () -> {
            try {
                return catalog.getTable(table) instanceof FileStoreTable files ? Optional.of(files) : Optional.empty();
            } catch (Catalog.TableNotExistException e) {
                return Optional.empty();
            }
        });
    }

    private <T> T ask(Identifier table, Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new LakeException("table lake." + table.getFullName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * When the newest snapshot of each table was committed; tables without any are left out.
     *
     * @throws LakeException when the lake does not answer
     */
    public Map<String, Instant> newestSnapshots() {
        Map<String, Instant> newest = new TreeMap<>();
        for (String name : tables()) {
            Identifier table = Identifier.create(database, name);
            table(table)
                    .flatMap(files -> ask(table, files::latestSnapshot))
                    .ifPresent(snapshot -> newest.put(name, Instant.ofEpochMilli(snapshot.timeMillis())));
        }
        return newest;
    }

    /** @throws LakeException when the lake does not answer */
    public List<String> tables() {
        try {
            return catalog.listTables(database);
        } catch (Catalog.DatabaseNotExistException e) {
            return List.of();
        } catch (RuntimeException e) {
            throw new LakeException("the tables of lake." + database + " cannot be listed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
