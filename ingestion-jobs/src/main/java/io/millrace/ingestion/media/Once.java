package io.millrace.ingestion.media;

import io.millrace.ingestion.media.content.Arrival;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Lets each content through once, whatever files hold it. */
final class Once extends KeyedProcessFunction<String, Arrival, Arrival> {
    private static final long serialVersionUID = 1L;

    private transient ValueState<Boolean> stored;

    @Override
    public void open(OpenContext context) {
        stored = getRuntimeContext().getState(new ValueStateDescriptor<>("stored", Types.BOOLEAN));
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out) throws Exception {
        if (stored.value() == null) {
            stored.update(true);
            out.collect(arrival);
        }
    }
}
