package io.millrace.agent.trigger;

import java.math.BigInteger;
import java.util.Comparator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Holds back rows that were committed before the agent's first start: the newest of them go on once all had time to
 * arrive, the others at a slow pace. Rows committed later never wait, and a late attachment waits only with its row. One
 * subtask: all events have the same key.
 */
public final class Backlog extends KeyedProcessFunction<Integer, TriggerEvent, TriggerEvent> {
    private static final long serialVersionUID = 1L;
    private static final long SETTLE_MILLIS = 3000;

    /** Keys are numbers or texts; a longer number is a later one. */
    private static final Comparator<String> BY_AGE = (left, right) -> isNumber(left) && isNumber(right)
            ? new BigInteger(left).compareTo(new BigInteger(right))
            : left.compareTo(right);

    private final int newest;
    private final double perMinute;
    private transient ValueState<Long> firstStart;
    private transient ValueState<Integer> released;
    private transient ValueState<Boolean> ticking;
    private transient MapState<String, TriggerEvent> waiting;

    public Backlog(int newest, double perMinute) {
        this.newest = newest;
        this.perMinute = perMinute;
    }

    @Override
    public void open(OpenContext context) {
        firstStart = getRuntimeContext().getState(new ValueStateDescriptor<>("firstStart", Types.LONG));
        released = getRuntimeContext().getState(new ValueStateDescriptor<>("released", Types.INT));
        ticking = getRuntimeContext().getState(new ValueStateDescriptor<>("ticking", Types.BOOLEAN));
        waiting = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("waiting", Types.STRING, Types.POJO(TriggerEvent.class)));
    }

    @Override
    public void processElement(TriggerEvent event, Context context, Collector<TriggerEvent> out) throws Exception {
        long now = context.timerService().currentProcessingTime();
        if (firstStart.value() == null) {
            firstStart.update(now);
        }
        boolean old = event.attached ? waiting.contains(event.key) : event.sourceMillis < firstStart.value();
        if (event.deleted || !old) {
            waiting.remove(event.key);
            out.collect(event);
            return;
        }
        waiting.put(event.key, event);
        if (ticking.value() == null) {
            ticking.update(true);
            context.timerService().registerProcessingTimeTimer(now + SETTLE_MILLIS);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TriggerEvent> out) throws Exception {
        int done = released.value() == null ? 0 : released.value();
        if (done >= newest && perMinute == 0) {
            return;
        }
        do {
            String next = newestWaiting();
            if (next == null) {
                released.update(done);
                ticking.clear();
                return;
            }
            out.collect(waiting.get(next));
            waiting.remove(next);
            done++;
        } while (done < newest);
        released.update(done);
        if (perMinute > 0) {
            long now = context.timerService().currentProcessingTime();
            context.timerService().registerProcessingTimeTimer(now + (long) (60_000 / perMinute));
        }
    }

    private String newestWaiting() throws Exception {
        String newestKey = null;
        for (String key : waiting.keys()) {
            if (newestKey == null || BY_AGE.compare(key, newestKey) > 0) {
                newestKey = key;
            }
        }
        return newestKey;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]{1,40}");
    }
}
