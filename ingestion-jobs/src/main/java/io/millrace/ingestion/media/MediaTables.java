package io.millrace.ingestion.media;

import io.millrace.ingestion.media.content.Arrival;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
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

/** The tables that files go to; a row is visible once, with the checkpoint it belongs to. */
final class MediaTables implements AutoCloseable {
    private static final DataType CONTENT = DataTypes.ROW(
            DataTypes.FIELD("media_id", DataTypes.STRING()),
            DataTypes.FIELD("size_bytes", DataTypes.BIGINT()),
            DataTypes.FIELD("content", DataTypes.BYTES()));
    private static final DataType FILE = DataTypes.ROW(
            DataTypes.FIELD("source", DataTypes.STRING().notNull()),
            DataTypes.FIELD("path", DataTypes.STRING().notNull()),
            DataTypes.FIELD("media_id", DataTypes.STRING()),
            DataTypes.FIELD("name", DataTypes.STRING()),
            DataTypes.FIELD("size_bytes", DataTypes.BIGINT()),
            DataTypes.FIELD("modified_at", DataTypes.TIMESTAMP_LTZ(3)),
            DataTypes.FIELD("seen_at", DataTypes.TIMESTAMP_LTZ(3)));
    private static final DataType LETTER = DataTypes.ROW(
            DataTypes.FIELD("source", DataTypes.STRING()),
            DataTypes.FIELD("topic", DataTypes.STRING()),
            DataTypes.FIELD("partition", DataTypes.INT()),
            DataTypes.FIELD("offset", DataTypes.BIGINT()),
            DataTypes.FIELD("event", DataTypes.STRING()),
            DataTypes.FIELD("reason", DataTypes.STRING()),
            DataTypes.FIELD("seen_at", DataTypes.TIMESTAMP_LTZ(3)));

    /** Operators keep their ids at another parallelism; other jobs write and compact the dead letters too. */
    private static final Map<String, String> SINK =
            Map.of("sink.operator-uid.suffix", "media", "sink.committer-operator-chaining", "false");

    private final Catalog lake;

    MediaTables(String warehouse) {
        Options options = new Options();
        options.set("warehouse", warehouse);
        lake = CatalogFactory.createCatalog(CatalogContext.create(options, new FlinkFileIOLoader()));
    }

    void writeContents(DataStream<Arrival> contents) throws Exception {
        write(
                contents,
                arrival -> Row.of(arrival.mediaId(), arrival.sizeBytes(), arrival.content()),
                CONTENT,
                table("media", "contents"));
    }

    void writeFiles(DataStream<Arrival> files) throws Exception {
        write(
                files,
                arrival -> Row.of(
                        arrival.source(),
                        arrival.path(),
                        arrival.mediaId(),
                        arrival.name(),
                        arrival.sizeBytes(),
                        Instant.ofEpochMilli(arrival.modifiedAtMillis()),
                        Instant.ofEpochMilli(arrival.seenAtMillis())),
                FILE,
                table("media", "files"));
    }

    void writeDeadLetters(DataStream<Arrival> refused) throws Exception {
        write(
                refused,
                arrival -> Row.of(
                        "media." + arrival.source(),
                        null,
                        null,
                        null,
                        arrival.path(),
                        arrival.refusal(),
                        Instant.ofEpochMilli(arrival.seenAtMillis())),
                LETTER,
                table("ops", "dead_letters").copy(Map.of("write-only", "true")));
    }

    private Table table(String database, String name) throws Exception {
        return lake.getTable(Identifier.create(database, name)).copy(SINK);
    }

    private static void write(DataStream<Arrival> arrivals, MapFunction<Arrival, Row> row, DataType type, Table table) {
        new FlinkSinkBuilder(table)
                .forRow(arrivals.map(row).returns(RowTypes.of(type)).name(table.name() + " rows"), type)
                .build();
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
