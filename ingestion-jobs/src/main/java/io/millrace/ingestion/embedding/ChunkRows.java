package io.millrace.ingestion.embedding;

import io.millrace.app.search.SearchIndex;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/** Rows of {@code ai.chunks}. */
final class ChunkRows {
    private static final String[] COLUMNS = {
        "index",
        "key",
        "chunk",
        "title",
        "text",
        "filters",
        "embedding",
        "model",
        "model_revision",
        "error",
        "embedded_at"
    };

    static final RowTypeInfo TYPE = new RowTypeInfo(
            new TypeInformation<?>[] {
                Types.STRING,
                Types.STRING,
                Types.INT,
                Types.STRING,
                Types.STRING,
                Types.MAP(Types.STRING, Types.STRING),
                Types.OBJECT_ARRAY(Types.FLOAT),
                Types.STRING,
                Types.STRING,
                Types.STRING,
                Types.INSTANT
            },
            COLUMNS);

    private ChunkRows() {}

    /** A row for each chunk, and deletions of those that the version before had more. */
    static List<Row> of(SearchRow source, List<String> chunks, List<Embedding> embeddings) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            Embedding embedding = embeddings.get(i);
            rows.add(Row.ofKind(
                    RowKind.UPDATE_AFTER,
                    source.index,
                    source.key,
                    i,
                    source.title,
                    chunks.get(i),
                    source.filters,
                    embedding.vector() == null ? null : embedding.vector().toArray(Float[]::new),
                    embedding.model(),
                    embedding.revision(),
                    embedding.error(),
                    now));
        }
        rows.addAll(deletions(source, chunks.size()));
        return rows;
    }

    /** @param from the first chunk that is to go */
    static List<Row> deletions(SearchRow source, int from) {
        List<Row> rows = new ArrayList<>();
        for (int chunk = from; chunk < source.chunksBefore; chunk++) {
            Row row = new Row(RowKind.DELETE, COLUMNS.length);
            row.setField(0, source.index);
            row.setField(1, source.key);
            row.setField(2, chunk);
            rows.add(row);
        }
        return rows;
    }

    static void write(DataStream<Row> rows, StreamTableEnvironment tables) {
        Schema schema = Schema.newBuilder()
                .column("index", "STRING NOT NULL")
                .column("key", "STRING NOT NULL")
                .column("chunk", "INT NOT NULL")
                .column("title", "STRING")
                .column("text", "STRING")
                .column("filters", "MAP<STRING, STRING>")
                .column("embedding", "ARRAY<FLOAT>")
                .column("model", "STRING")
                .column("model_revision", "STRING")
                .column("error", "STRING")
                .column("embedded_at", "TIMESTAMP_LTZ(3)")
                .primaryKey("index", "key", "chunk")
                .build();
        // Not as an upsert stream, of which Flink would keep every row, vectors too, to complete deletions: Paimon
        // deletes by the key alone.
        tables.createTemporaryView("chunks", tables.fromChangelogStream(rows, schema, ChangelogMode.all()));
        StreamStatementSet set = tables.createStatementSet();
        set.addInsertSql("INSERT INTO lake." + SearchIndex.CHUNKS + " SELECT * FROM chunks");
        set.attachAsDataStream();
    }
}
