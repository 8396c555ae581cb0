package io.millrace.ingestion.embedding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets a row through when what is searched of it changed, with how many chunks it had until then.
 *
 * <p>Rows wait in the state, each for a timer of its own. A source hands over whole files of a table at once, and what
 * embeds them takes its time: between two timers there is room for a checkpoint, so the first texts are committed while
 * the others wait, and of a row that changes meanwhile only the last version is embedded.
 */
final class Changes extends KeyedProcessFunction<String, SearchRow, SearchRow> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<SearchRow> waiting;
    private transient ValueState<String> content;
    private transient ValueState<Integer> chunks;
    private transient long lastTimer;

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", Types.POJO(SearchRow.class)));
        content = getRuntimeContext().getState(new ValueStateDescriptor<>("content", Types.STRING));
        chunks = getRuntimeContext().getState(new ValueStateDescriptor<>("chunks", Types.INT));
    }

    @Override
    public void processElement(SearchRow row, Context context, Collector<SearchRow> out) throws Exception {
        if (waiting.value() == null) {
            // Timers of one millisecond fire together.
            lastTimer = Math.max(context.timerService().currentProcessingTime(), lastTimer + 1);
            context.timerService().registerProcessingTimeTimer(lastTimer);
        }
        waiting.update(row);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SearchRow> out) throws Exception {
        SearchRow row = waiting.value();
        waiting.clear();
        Integer before = chunks.value();
        row.chunksBefore = before == null ? 0 : before;
        if (row.deleted) {
            content.clear();
            chunks.clear();
            if (row.chunksBefore > 0) {
                out.collect(row);
            }
            return;
        }
        String hash = hash(row);
        if (hash.equals(content.value())) {
            return;
        }
        content.update(hash);
        chunks.update(Chunker.chunks(row.text).size());
        out.collect(row);
    }

    private static String hash(SearchRow row) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Stream<Map.Entry<String, String>> filters = new TreeMap<>(row.filters).entrySet().stream();
        Stream.concat(
                        Stream.of(row.title, row.text),
                        filters.flatMap(filter -> List.of(filter.getKey(), filter.getValue()).stream()))
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .forEach(bytes -> {
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                });
        return HexFormat.of().formatHex(digest.digest());
    }
}
