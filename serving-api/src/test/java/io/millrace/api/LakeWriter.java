package io.millrace.api;

import io.millrace.app.table.TableFile;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.ExpireConfig;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.RowKind;

/** Writes tables of a lake in a folder; each call is a commit. */
final class LakeWriter implements AutoCloseable {
    private final Path folder;
    private final String database;
    private final Catalog catalog;

    LakeWriter(Path folder) {
        this(folder, "depot");
    }

    LakeWriter(Path folder, String database) {
        this.folder = folder;
        this.database = database;
        Options options = new Options();
        options.set("warehouse", uri());
        options.set("cache-enabled", "false");
        catalog = CatalogFactory.createCatalog(CatalogContext.create(options));
    }

    String uri() {
        return folder.toUri().toString();
    }

    void create(String sql) throws Exception {
        try (Lake lake = Lake.open(Warehouse.local(uri()))) {
            lake.ensure(TableFile.parse("tables/x.sql", database, sql));
        }
    }

    void drop(String table) throws Exception {
        catalog.dropTable(Identifier.create(database, table), false);
    }

    FileStoreTable table(String name) throws Exception {
        return (FileStoreTable) catalog.getTable(Identifier.create(database, name));
    }

    long snapshot(String table) throws Exception {
        return table(table).latestSnapshot().orElseThrow().id();
    }

    /** Strings are what Paimon has for them. */
    static GenericRow row(Object... values) {
        return GenericRow.of(Arrays.stream(values)
                .map(value -> value instanceof String text ? BinaryString.fromString(text) : value)
                .toArray());
    }

    static GenericRow deletion(Object... values) {
        GenericRow row = row(values);
        row.setRowKind(RowKind.DELETE);
        return row;
    }

    void write(String table, GenericRow... rows) throws Exception {
        commit(table, write -> {
            for (GenericRow row : rows) {
                write.write(row);
            }
        });
    }

    void compact(String table) throws Exception {
        commit(table, write -> write.compact(BinaryRow.EMPTY_ROW, 0, true));
    }

    void truncate(String table) throws Exception {
        try (BatchTableCommit commit = table(table).newBatchWriteBuilder().newCommit()) {
            commit.truncateTable();
        }
    }

    /** Leaves only the newest snapshot. */
    void expire(String table) throws Exception {
        ExpireConfig config = ExpireConfig.builder()
                .snapshotRetainMin(1)
                .snapshotRetainMax(1)
                .changelogRetainMax(1)
                .build();
        table(table).newExpireSnapshots().config(config).expire();
    }

    private interface Writing {
        void to(BatchTableWrite write) throws Exception;
    }

    private void commit(String table, Writing writing) throws Exception {
        BatchWriteBuilder builder = table(table).newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            writing.to(write);
            commit.commit(write.prepareCommit());
        }
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
