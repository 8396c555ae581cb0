package io.millrace.agent.trigger;

import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets each version of a row through once: not a version already seen or older, and not an update in which no watched
 * column changed.
 */
public final class Versions extends KeyedProcessFunction<String, TriggerEvent, TriggerEvent> {
    private static final long serialVersionUID = 1L;

    private final List<String> watched;
    private transient ValueState<Long> seen;
    private transient ValueState<String> content;

    /** @param watched columns whose change counts; empty for every change */
    public Versions(List<String> watched) {
        this.watched = watched;
    }

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext().getState(new ValueStateDescriptor<>("version", Types.LONG));
        content = getRuntimeContext().getState(new ValueStateDescriptor<>("content", Types.STRING));
    }

    @Override
    public void processElement(TriggerEvent event, Context context, Collector<TriggerEvent> out) throws Exception {
        Long last = seen.value();
        if (event.deleted) {
            if (last != null) {
                seen.clear();
                content.clear();
                out.collect(event);
            }
            return;
        }
        if (last != null && event.version <= last) {
            return;
        }
        seen.update(event.version);
        String now = watched.isEmpty() ? null : Hashes.ofColumns(event.row, watched);
        if (last != null && now != null && now.equals(content.value())) {
            return;
        }
        content.update(now);
        out.collect(event);
    }
}
