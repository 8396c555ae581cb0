package io.millrace.ingestion.doris;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.flink.FlinkFileIOLoader;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;

/**
 * {@code ops.dead_letters} in the lake, beside the events that could not be read. A row that is refused again after a
 * restart stands there twice.
 */
final class LakeDeadLetters implements DeadLetters {
    private static final Identifier TABLE = Identifier.create("ops", "dead_letters");

    private final String warehouse;
    private final String source;
    private final List<GenericRow> rows = new ArrayList<>();

    /** @param source whose rows they are, such as doris.shop.ticket_triage */
    LakeDeadLetters(String warehouse, String source) {
        this.warehouse = warehouse;
        this.source = source;
    }

    @Override
    public void add(String row, String reason) {
        rows.add(GenericRow.of(
                BinaryString.fromString(source),
                null,
                null,
                null,
                BinaryString.fromString(row),
                BinaryString.fromString(reason),
                Timestamp.fromEpochMillis(System.currentTimeMillis())));
    }

    @Override
    public void commit() throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        Options options = new Options();
        options.set("warehouse", warehouse);
        try (Catalog lake = CatalogFactory.createCatalog(CatalogContext.create(options, new FlinkFileIOLoader()))) {
            write(lake.getTable(TABLE));
        } catch (Exception e) {
            throw new IOException(
                    rows.size() + " rows that Doris refuses could not be written to " + TABLE + " in " + warehouse
                            + ": " + e.getMessage(),
                    e);
        }
        rows.clear();
    }

    private void write(Table table) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }
}
