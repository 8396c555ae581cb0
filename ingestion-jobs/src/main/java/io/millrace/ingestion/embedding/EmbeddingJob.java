package io.millrace.ingestion.embedding;

import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.app.search.SearchIndex;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * The job that fills {@code ai.chunks}. Its only argument is the {@link EmbeddingJobSpec} as JSON.
 *
 * <p>Changelogs of the tables → rows whose searched columns changed → chunks and their embeddings → the table.
 */
public final class EmbeddingJob {
    /** A budget that is used up is waited out up to here. */
    private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(10);

    private EmbeddingJob() {}

    public static void main(String[] arguments) throws Exception {
        start(new ObjectMapper().readValue(arguments[0], EmbeddingJobSpec.class));
    }

    static JobClient start(EmbeddingJobSpec spec) throws Exception {
        Configuration configuration = Configuration.fromMap(spec.settings());
        StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
        // Paimon looks for settings of its tables in these only.
        tables.getConfig().addConfiguration(configuration);
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = '"
                + spec.warehouse().replace("'", "''") + "')");
        DataStream<Row> chunks = spec.indexes().stream()
                .map(index -> chunks(spec, index, SourceRows.of(index, tables)))
                .reduce(DataStream::union)
                .orElseThrow(() -> new IllegalArgumentException("there is nothing under search: in app.yaml"));
        ChunkRows.write(chunks, tables);
        return streams.executeAsync(spec.settings().getOrDefault("pipeline.name", "search_chunks"));
    }

    private static DataStream<Row> chunks(EmbeddingJobSpec spec, SearchIndex index, DataStream<SearchRow> rows) {
        // One task from the table to the embeddings: in buffers between two, rows would wait before the barriers.
        SingleOutputStreamOperator<SearchRow> changes = DataStreamUtils.reinterpretAsKeyedStream(rows, row -> row.key)
                .process(new Changes())
                .setParallelism(1)
                .uid("changes of " + index.name())
                .name("changes of " + index.name());
        // In order, or an older version of a row could end after a newer one and stay. No timeout of Flink's, which
        // would fail the job: each request has its own.
        return AsyncDataStream.orderedWait(
                        changes, new EmbeddingFunction(spec, RETRY_TIMEOUT), 0, TimeUnit.SECONDS, spec.concurrency())
                .setParallelism(1)
                .returns(ChunkRows.TYPE)
                .uid("embeddings of " + index.name())
                .name("embeddings of " + index.name());
    }
}
