package io.millrace.ingestion.media;

import io.millrace.ingestion.media.reading.Documents;
import io.millrace.ingestion.media.reading.ReadContent;
import io.millrace.ingestion.media.reading.StoredContent;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.paimon.flink.source.FlinkSourceBuilder;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** The tables that contents come from and what was read in them goes to. */
final class ReadTables implements AutoCloseable {
    private static final DataType DOCUMENT = DataTypes.ROW(
            DataTypes.FIELD("media_id", DataTypes.STRING().notNull()),
            DataTypes.FIELD("status", DataTypes.STRING()),
            DataTypes.FIELD("reason", DataTypes.STRING()),
            DataTypes.FIELD("mime_type", DataTypes.STRING()),
            DataTypes.FIELD("kind", DataTypes.STRING()),
            DataTypes.FIELD("size_bytes", DataTypes.BIGINT()),
            DataTypes.FIELD("width", DataTypes.INT()),
            DataTypes.FIELD("height", DataTypes.INT()),
            DataTypes.FIELD("pages", DataTypes.INT()),
            DataTypes.FIELD("seconds", DataTypes.DOUBLE()),
            DataTypes.FIELD("exif", DataTypes.STRING()),
            DataTypes.FIELD("title", DataTypes.STRING()),
            DataTypes.FIELD("text", DataTypes.STRING()),
            DataTypes.FIELD("text_from", DataTypes.STRING()),
            DataTypes.FIELD("language", DataTypes.STRING()),
            DataTypes.FIELD("reader", DataTypes.STRING()),
            DataTypes.FIELD("truncated", DataTypes.BOOLEAN()),
            DataTypes.FIELD("read_at", DataTypes.TIMESTAMP_LTZ(3)));
    private static final DataType THUMBNAIL = DataTypes.ROW(
            DataTypes.FIELD("media_id", DataTypes.STRING().notNull()),
            DataTypes.FIELD("mime_type", DataTypes.STRING()),
            DataTypes.FIELD("width", DataTypes.INT()),
            DataTypes.FIELD("height", DataTypes.INT()),
            DataTypes.FIELD("image", DataTypes.BYTES()));

    private final MediaLake lake;

    ReadTables(String warehouse) {
        lake = new MediaLake(warehouse, "reading");
    }

    /** How the job opens the bytes of contents. */
    FileIO files() throws Exception {
        return ((FileStoreTable) lake.source("contents")).fileIO();
    }

    /**
     * Every content, then those that come; where their bytes are, not the bytes.
     *
     * @param looksEvery how often it looks for those, {@code 500 ms}
     */
    DataStream<StoredContent> contents(StreamExecutionEnvironment streams, String looksEvery) throws Exception {
        Table table = lake.source("contents")
                .copy(Map.of(
                        "blob-as-descriptor",
                        "true",
                        "source.operator-uid.suffix",
                        "reading",
                        "continuous.discovery-interval",
                        looksEvery));
        return new FlinkSourceBuilder(table)
                .env(streams)
                .sourceName("media.contents")
                .sourceBounded(false)
                .buildForRow()
                .map(row -> new StoredContent(
                        String.valueOf(row.getField(0)), row.getField(1) instanceof Long size ? size : 0, (byte[])
                                row.getField(2)))
                .returns(TypeInformation.of(StoredContent.class))
                .name("contents");
    }

    void write(DataStream<ReadContent> read) throws Exception {
        write(read, content -> Optional.of(Documents.document(content)), DOCUMENT, lake.table("documents"));
        write(read, Documents::thumbnail, THUMBNAIL, lake.table("thumbnails"));
        write(read, Documents::deadLetter, MediaLake.LETTER, lake.deadLetters());
    }

    private static void write(DataStream<ReadContent> read, ToRow toRow, DataType type, Table table) {
        FlatMapFunction<ReadContent, Row> rows =
                (content, out) -> toRow.row(content).ifPresent(out::collect);
        MediaLake.write(read.flatMap(rows).returns(RowTypes.of(type)).name(table.name() + " rows"), type, table);
    }

    private interface ToRow extends java.io.Serializable {
        Optional<Row> row(ReadContent content) throws Exception;
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
