package io.millrace.agent.job;

import io.millrace.app.agent.ResultColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowKind;
import org.jspecify.annotations.Nullable;

/** A real lake with tickets, attachments, and the tables of an agent's results. */
final class TriggerLake implements AutoCloseable {
    private final Path folder;
    private final Catalog catalog;

    TriggerLake(Path folder) throws Exception {
        this.folder = folder;
        Options options = new Options();
        options.set("warehouse", uri());
        options.set("cache-enabled", "false");
        catalog = CatalogFactory.createCatalog(CatalogContext.create(options));
        catalog.createDatabase("shop", true);
        catalog.createDatabase("ai", true);
        create(
                "shop.tickets",
                keyed("ticket_id")
                        .column("ticket_id", DataTypes.BIGINT())
                        .column("subject", DataTypes.STRING())
                        .column("body", DataTypes.STRING())
                        .column("_source_lsn", DataTypes.BIGINT())
                        .column("_source_ts", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3))
                        .option("changelog-producer", "lookup"));
        create(
                "shop.attachments",
                keyed("path")
                        .column("path", DataTypes.STRING())
                        .column("ticket_id", DataTypes.BIGINT())
                        .column("name", DataTypes.STRING())
                        .column("text", DataTypes.STRING())
                        .option("changelog-producer", "lookup"));
        create("shop.triage", results(keyed("ticket_id")));
        create("shop.triage_history", results(keyed("ticket_id", "_input_version")));
        create(
                "ai.dead_letters",
                keyed("agent", "key", "input_version")
                        .column("agent", DataTypes.STRING())
                        .column("key", DataTypes.STRING())
                        .column("input_version", DataTypes.BIGINT())
                        .column("reason", DataTypes.STRING())
                        .column("steps", DataTypes.STRING())
                        .column("seen_at", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3)));
    }

    private static Schema.Builder keyed(String... key) {
        return Schema.newBuilder()
                .primaryKey(key)
                .options(Map.of("bucket", "1", "continuous.discovery-interval", "200 ms"));
    }

    private static Schema.Builder results(Schema.Builder schema) {
        schema.column("ticket_id", DataTypes.BIGINT())
                .column("order_id", DataTypes.BIGINT())
                .column("reply", DataTypes.STRING());
        ResultColumns.PROVENANCE.forEach((name, type) -> schema.column(
                name,
                switch (type) {
                    case "BIGINT" -> DataTypes.BIGINT();
                    case "INT" -> DataTypes.INT();
                    case "STRING" -> DataTypes.STRING();
                    default -> DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3);
                }));
        return schema;
    }

    private void create(String name, Schema.Builder schema) throws Exception {
        catalog.createTable(Identifier.fromString(name), schema.build(), false);
    }

    String uri() {
        return folder.resolve("lake").toUri().toString();
    }

    void ticket(long id, String subject, String body, long lsn, long sourceMillis) throws Exception {
        write(
                "shop.tickets",
                GenericRow.of(id, text(subject), text(body), lsn, Timestamp.fromEpochMillis(sourceMillis)));
    }

    void deleteTicket(long id) throws Exception {
        write("shop.tickets", GenericRow.ofKind(RowKind.DELETE, id, null, null, null, null));
    }

    void attachment(String path, @Nullable Long ticket, String name, String text) throws Exception {
        write("shop.attachments", GenericRow.of(text(path), ticket, text(name), text(text)));
    }

    void deleteAttachment(String path, Long ticket) throws Exception {
        write("shop.attachments", GenericRow.ofKind(RowKind.DELETE, text(path), ticket, null, null));
    }

    private static BinaryString text(String value) {
        return BinaryString.fromString(value);
    }

    private void write(String table, GenericRow row) throws Exception {
        BatchWriteBuilder builder = table(table).newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("write").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            write.write(row);
            commit.commit(write.prepareCommit());
        }
    }

    private Table table(String name) throws Exception {
        return catalog.getTable(Identifier.fromString(name));
    }

    /** Key, version and order of each row, sorted. */
    List<String> results(String table) throws Exception {
        Table results = table("shop." + table);
        ReadBuilder read = results.newReadBuilder();
        int version = results.rowType().getFieldIndex("_input_version");
        List<String> rows = new ArrayList<>();
        read.newRead()
                .createReader(read.newScan().plan())
                .forEachRemaining(row -> rows.add(
                        row.getLong(0) + " " + row.getLong(version) + " " + (row.isNullAt(1) ? null : row.getLong(1))));
        return rows.stream().sorted().toList();
    }

    @Override
    public void close() throws Exception {
        catalog.close();
    }
}
