package io.millrace.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** A real warehouse in a temporary directory, written through Paimon's own interface. */
final class TestLake implements AutoCloseable {
    private final Path directory;
    private final Catalog catalog;

    TestLake(Path directory) throws Exception {
        this.directory = directory;
        Files.createDirectories(directory);
        Options options = new Options();
        options.set("warehouse", "file://" + directory);
        options.set("cache-enabled", "false");
        catalog = CatalogFactory.createCatalog(CatalogContext.create(options));
        catalog.createDatabase("shop", true);
    }

    Path directory() {
        return directory;
    }

    void createDatabase(String name) throws Exception {
        catalog.createDatabase(name, true);
    }

    void create(String table, Schema.Builder schema) throws Exception {
        catalog.createTable(Identifier.create("shop", table), schema.build(), false);
    }

    void drop(String table) throws Exception {
        catalog.dropTable(Identifier.create("shop", table), false);
    }

    void alter(String table, SchemaChange... changes) throws Exception {
        catalog.alterTable(Identifier.create("shop", table), List.of(changes), false);
    }

    void write(String table, GenericRow... rows) throws Exception {
        write(table, List.of(rows));
    }

    /** One commit. */
    @SuppressWarnings("try") // Paimon's close may throw anything
    void write(String table, Iterable<GenericRow> rows) throws Exception {
        BatchWriteBuilder builder = table(table).newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(IOManager.create(temp()));
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** Some columns anew, of the rows from this one on; the others stay. */
    @SuppressWarnings("try") // Paimon's close may throw anything
    void writeColumns(String table, List<String> columns, long firstRow, GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = table(table).newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withWriteType(table(table).rowType().project(columns));
            for (GenericRow row : rows) {
                write.write(row);
            }
            List<CommitMessage> messages = write.prepareCommit();
            for (CommitMessage message : messages) {
                List<DataFileMeta> files =
                        ((CommitMessageImpl) message).newFilesIncrement().newFiles();
                files.replaceAll(file -> file.assignFirstRowId(firstRow));
            }
            commit.commit(messages);
        }
    }

    /** Compacts the first bucket of an unpartitioned table fully. */
    @SuppressWarnings("try") // Paimon's close may throw anything
    void compact(String table) throws Exception {
        Table writable = table(table).copy(java.util.Map.of("write-only", "false"));
        BatchWriteBuilder builder = writable.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(IOManager.create(temp()));
            write.compact(BinaryRow.EMPTY_ROW, 0, true);
            commit.commit(write.prepareCommit());
        }
    }

    private String temp() throws IOException {
        return Files.createDirectories(directory.resolveSibling("paimon-temp")).toString();
    }

    Table table(String name) throws Exception {
        return catalog.getTable(Identifier.create("shop", name));
    }

    static BinaryString text(String value) {
        return BinaryString.fromString(value);
    }

    @Override
    public void close() {
        try {
            catalog.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
