package io.millrace.ingestion.media;

import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.FlinkFileIOLoader;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.Table;

/** The lake as the jobs on files write it: by Flink's own access to files, each row with the checkpoint it belongs to. */
final class MediaLake implements AutoCloseable {
    /** Rows of {@code ops.dead_letters}. */
    static final DataType LETTER = DataTypes.ROW(
            DataTypes.FIELD("source", DataTypes.STRING()),
            DataTypes.FIELD("topic", DataTypes.STRING()),
            DataTypes.FIELD("partition", DataTypes.INT()),
            DataTypes.FIELD("offset", DataTypes.BIGINT()),
            DataTypes.FIELD("event", DataTypes.STRING()),
            DataTypes.FIELD("reason", DataTypes.STRING()),
            DataTypes.FIELD("seen_at", DataTypes.TIMESTAMP_LTZ(3)));

    private final Catalog lake;
    private final Map<String, String> sink;

    /** @param suffix by which the job's operators keep their ids at another parallelism */
    MediaLake(String warehouse, String suffix) {
        Options options = new Options();
        options.set("warehouse", warehouse);
        lake = CatalogFactory.createCatalog(CatalogContext.create(options, new FlinkFileIOLoader()));
        sink = Map.of("sink.operator-uid.suffix", suffix, "sink.committer-operator-chaining", "false");
    }

    /** A table to read. */
    Table source(String name) throws Exception {
        return lake.getTable(Identifier.create("media", name));
    }

    /** A table to write. */
    Table table(String name) throws Exception {
        return source(name).copy(sink);
    }

    /** The dead letters to write; other jobs write and compact them too. */
    Table deadLetters() throws Exception {
        return lake.getTable(Identifier.create("ops", "dead_letters"))
                .copy(sink)
                .copy(Map.of("write-only", "true"));
    }

    /** @param rows of that type, by {@link RowTypes} */
    static void write(DataStream<Row> rows, DataType type, Table table) {
        new FlinkSinkBuilder(table).forRow(rows, type).build();
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
