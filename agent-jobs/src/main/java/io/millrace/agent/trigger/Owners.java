package io.millrace.agent.trigger;

import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells the row an attachment belonged to that it is gone, when it is deleted or now belongs to another. The changelog's
 * own rows before an update would take away and give back what did not move.
 */
public final class Owners extends KeyedProcessFunction<String, Attachment, Attachment> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<String> owner;

    @Override
    public void open(OpenContext context) {
        owner = getRuntimeContext().getState(new ValueStateDescriptor<>("owner", Types.STRING));
    }

    @Override
    public void processElement(Attachment change, Context context, Collector<Attachment> out) throws Exception {
        String before = owner.value();
        String now = change.gone ? null : change.key;
        if (before != null && !before.equals(now)) {
            Attachment gone = new Attachment();
            gone.id = change.id;
            gone.key = before;
            gone.gone = true;
            out.collect(gone);
        }
        if (!Objects.equals(before, now)) {
            owner.update(now);
        }
        if (now != null) {
            out.collect(change);
        }
    }
}
