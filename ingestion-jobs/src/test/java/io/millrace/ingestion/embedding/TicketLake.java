package io.millrace.ingestion.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;

/** A lake with tickets and the platform's table of chunks, written and read without a job. */
record TicketLake(Path folder, Catalog catalog) {
    static TicketLake in(Path folder) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '" + folder.toUri() + "')");
        tables.executeSql("CREATE DATABASE lake.shop");
        tables.executeSql("CREATE DATABASE lake.ai");
        tables.executeSql(
                "CREATE TABLE lake.shop.tickets (ticket_id BIGINT, subject STRING, body STRING, status STRING,"
                        + " urgent BOOLEAN, note INT, PRIMARY KEY (ticket_id) NOT ENFORCED)"
                        + " WITH ('bucket' = '1', 'changelog-producer' = 'lookup', 'deletion-vectors.enabled' = 'true')");
        tables.executeSql(definition().replace("CREATE TABLE ", "CREATE TABLE lake.ai."));
        Options options = new Options();
        options.set("warehouse", folder.toUri().toString());
        return new TicketLake(folder, CatalogFactory.createCatalog(CatalogContext.create(options)));
    }

    private static String definition() throws IOException {
        try (InputStream in = TicketLake.class.getResourceAsStream("/platform/tables/ai/chunks.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst(";\\s*$", "");
        }
    }

    void write(GenericRow... tickets) throws Exception {
        Table table = catalog.getTable(Identifier.create("shop", "tickets"));
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (IOManager temporary = IOManager.create(folder.resolve("tmp").toString());
                BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(temporary);
            for (GenericRow ticket : tickets) {
                write.write(ticket);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** Key, chunk, title, values of the filters, the vector's first number, model and error; in order. */
    List<String> chunks() throws Exception {
        ReadBuilder builder =
                catalog.getTable(Identifier.create("ai", "chunks")).newReadBuilder();
        List<String> rows = new ArrayList<>();
        try (var reader = builder.newRead().createReader(builder.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(text(row)));
        }
        return rows.stream().sorted().toList();
    }

    private static String text(InternalRow row) {
        InternalMap filters = row.getMap(5);
        String values = IntStream.range(0, filters.size())
                .mapToObj(i -> filters.valueArray().getString(i).toString())
                .sorted(Comparator.reverseOrder())
                .collect(Collectors.joining(","));
        return Stream.of(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        values,
                        row.isNullAt(6) ? "-" : row.getArray(6).getFloat(0),
                        row.isNullAt(7) ? "-" : row.getString(7),
                        row.isNullAt(9) ? "-" : row.getString(9))
                .map(Object::toString)
                .collect(Collectors.joining(" "));
    }
}
