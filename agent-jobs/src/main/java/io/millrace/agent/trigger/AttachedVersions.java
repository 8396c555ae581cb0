package io.millrace.agent.trigger;

import io.millrace.app.agent.Agent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What {@link Versions} does, for rows that have attachments: their texts are the row's input {@link Agent#ATTACHMENTS},
 * and a change of it is a new version of the row.
 *
 * <p>A version is the row's position in its source's log, or one more than the last version when that is higher: versions
 * grow, and an attachment needs no position of its own.
 */
public final class AttachedVersions extends KeyedCoProcessFunction<String, TriggerEvent, Attachment, TriggerEvent>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final List<String> watched;
    private final int mostCharacters;
    private transient ListState<Long> firstStarts;
    private transient long firstStart;
    private transient ValueState<Long> version;
    private transient ValueState<String> content;
    private transient ValueState<TriggerEvent> row;
    private transient ValueState<String> read;
    private transient MapState<String, String> attachments;

    /**
     * @param watched columns whose change counts; empty for every change
     * @param mostCharacters of a row's attachments that are read
     */
    public AttachedVersions(List<String> watched, int mostCharacters) {
        this.watched = watched;
        this.mostCharacters = mostCharacters;
    }

    @Override
    public void open(OpenContext context) {
        // Named as in Versions: an agent that gets 'also:' goes on from what it has seen.
        version = getRuntimeContext().getState(new ValueStateDescriptor<>("version", Types.LONG));
        content = getRuntimeContext().getState(new ValueStateDescriptor<>("content", Types.STRING));
        row = getRuntimeContext().getState(new ValueStateDescriptor<>("row", Types.POJO(TriggerEvent.class)));
        read = getRuntimeContext().getState(new ValueStateDescriptor<>("read", Types.STRING));
        attachments =
                getRuntimeContext().getMapState(new MapStateDescriptor<>("attachments", Types.STRING, Types.STRING));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        firstStarts =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("firstStart", Types.LONG));
        firstStart = System.currentTimeMillis();
        for (long start : firstStarts.get()) {
            firstStart = Math.min(firstStart, start);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        firstStarts.update(List.of(firstStart));
    }

    @Override
    public void processElement1(TriggerEvent event, Context context, Collector<TriggerEvent> out) throws Exception {
        Long last = version.value();
        if (event.deleted) {
            if (last != null) {
                version.clear();
                content.clear();
                row.clear();
                read.clear();
                out.collect(event);
            }
            return;
        }
        TriggerEvent known = row.value();
        if (last != null && event.version <= (known == null ? last : known.version)) {
            return;
        }
        row.update(event);
        String now = watched.isEmpty() ? null : Hashes.ofColumns(event.row, watched);
        if (last != null && now != null && now.equals(content.value())) {
            return;
        }
        content.update(now);
        emit(event, event.sourceMillis, joined(), out);
    }

    @Override
    public void processElement2(Attachment change, Context context, Collector<TriggerEvent> out) throws Exception {
        if (change.gone) {
            attachments.remove(change.id);
        } else {
            attachments.put(change.id, change.text);
        }
        TriggerEvent known = row.value();
        if (known == null) {
            return;
        }
        String text = joined();
        if (!text.equals(read.value())) {
            emit(known, arrived(context.timerService().currentProcessingTime(), known), text, out);
        }
    }

    /** What was there at the first start is backlog as its row is; what comes later is new work. */
    private long arrived(long now, TriggerEvent known) {
        return now < firstStart + Backlog.SETTLE_MILLIS ? known.sourceMillis : now;
    }

    private void emit(TriggerEvent known, long millis, String text, Collector<TriggerEvent> out) throws Exception {
        Long last = version.value();
        TriggerEvent event = new TriggerEvent();
        event.key = known.key;
        event.version = last == null ? known.version : Math.max(known.version, last + 1);
        event.sourceMillis = millis;
        Map<String, String> values = new HashMap<>(known.row);
        values.put(Agent.ATTACHMENTS, text);
        event.row = values;
        version.update(event.version);
        read.update(text);
        out.collect(event);
    }

    /** The texts in the order of their ids, as many characters as are read. */
    private String joined() throws Exception {
        TreeMap<String, String> ordered = new TreeMap<>();
        for (Map.Entry<String, String> attachment : attachments.entries()) {
            ordered.put(attachment.getKey(), attachment.getValue());
        }
        StringBuilder text = new StringBuilder();
        for (String part : ordered.values()) {
            if (!part.isBlank() && text.length() < mostCharacters) {
                text.append(text.isEmpty() ? "" : "\n\n").append(part);
            }
        }
        return text.length() <= mostCharacters ? text.toString() : text.substring(0, mostCharacters);
    }
}
