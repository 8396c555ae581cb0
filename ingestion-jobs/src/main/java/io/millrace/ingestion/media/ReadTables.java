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
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.FlinkFileIOLoader;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;
import org.apache.paimon.flink.source.FlinkSourceBuilder;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.options.Options;
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
            Map.of("sink.operator-uid.suffix", "reading", "sink.committer-operator-chaining", "false");

    private final Catalog lake;

    ReadTables(String warehouse) {
        Options options = new Options();
        options.set("warehouse", warehouse);
        lake = CatalogFactory.createCatalog(CatalogContext.create(options, new FlinkFileIOLoader()));
    }

    /** How the job opens the bytes of contents. */
    FileIO files() throws Exception {
        return ((FileStoreTable) lake.getTable(Identifier.create("media", "contents"))).fileIO();
    }

    /** Every content, then those that come; where their bytes are, not the bytes. */
    DataStream<StoredContent> contents(StreamExecutionEnvironment streams) throws Exception {
        Table table = lake.getTable(Identifier.create("media", "contents"))
                .copy(Map.of("blob-as-descriptor", "true", "source.operator-uid.suffix", "reading"));
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
        write(read, content -> Optional.of(Documents.document(content)), DOCUMENT, table("media", "documents"));
        write(read, Documents::thumbnail, THUMBNAIL, table("media", "thumbnails"));
        write(read, Documents::deadLetter, LETTER, table("ops", "dead_letters").copy(Map.of("write-only", "true")));
    }

    private Table table(String database, String name) throws Exception {
        return lake.getTable(Identifier.create(database, name)).copy(SINK);
    }

    private static void write(DataStream<ReadContent> read, ToRow toRow, DataType type, Table table) {
        FlatMapFunction<ReadContent, Row> rows =
                (content, out) -> toRow.row(content).ifPresent(out::collect);
        new FlinkSinkBuilder(table)
                .forRow(read.flatMap(rows).returns(RowTypes.of(type)).name(table.name() + " rows"), type)
                .build();
    }

    private interface ToRow extends java.io.Serializable {
        Optional<Row> row(ReadContent content) throws Exception;
    }

    @Override
    public void close() throws Exception {
        lake.close();
    }
}
