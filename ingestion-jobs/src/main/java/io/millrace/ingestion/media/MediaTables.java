package io.millrace.ingestion.media;

import io.millrace.ingestion.media.content.Arrival;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
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

    private final MediaLake lake;

    MediaTables(String warehouse) {
        lake = new MediaLake(warehouse, "media");
    }

    void writeContents(DataStream<Arrival> contents) throws Exception {
        write(
                contents,
                arrival -> Row.of(arrival.mediaId(), arrival.sizeBytes(), arrival.content()),
                CONTENT,
                lake.table("contents"));
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
                lake.table("files"));
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
                MediaLake.LETTER,
                lake.deadLetters());
    }

    private static void write(DataStream<Arrival> arrivals, MapFunction<Arrival, Row> row, DataType type, Table table) {
        MediaLake.write(arrivals.map(row).returns(RowTypes.of(type)).name(table.name() + " rows"), type, table);
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
