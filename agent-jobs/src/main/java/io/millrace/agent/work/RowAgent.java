package io.millrace.agent.work;

import io.millrace.agent.model.CallFailed;
import io.millrace.agent.trigger.TriggerEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.agents.api.Event;
import org.apache.flink.agents.api.InputEvent;
import org.apache.flink.agents.api.OutputEvent;
import org.apache.flink.agents.api.agents.Agent;
import org.apache.flink.agents.api.context.RunnerContext;

/**
 * The agent Flink Agents runs: it takes trigger events as JSON, works on a row in steps, each an event of its own, and
 * gives outcomes as JSON. Between steps a checkpoint may fall; after a restart the row goes on at the step it was at.
 */
public final class RowAgent extends Agent {
    private static final String SPEC = "spec";
    private static final String WORK = "work";

    /** @param spec the job's {@code AgentJobSpec} as JSON */
    public RowAgent(String spec) {
        on(InputEvent.class, "receive", spec);
        on(StepEvent.class, "step", spec);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void on(Class<? extends Event> event, String action, String spec) {
        try {
            addAction(
                    new Class[] {event},
                    RowAgent.class.getMethod(action, Event.class, RunnerContext.class),
                    new HashMap<>(Map.of(SPEC, spec)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins a row's work; a deleted row has none. */
    public static void receive(Event event, RunnerContext context) throws Exception {
        TriggerEvent trigger = Work.JSON.readValue((String) ((InputEvent) event).getInput(), TriggerEvent.class);
        if (trigger.deleted) {
            context.sendEvent(new OutputEvent(Outcome.deleted(trigger)));
            return;
        }
        Work work = new Work();
        work.event = trigger;
        work.memory = Remembered.of(worker(context).agent(), trigger, context).lines(trigger.key);
        context.getSensoryMemory().set(WORK, work.json());
        context.sendEvent(new StepEvent());
    }

    /** Does one step of the row's work. */
    public static void step(Event event, RunnerContext context) throws Exception {
        Worker worker = worker(context);
        Work work = Work.read((String) context.getSensoryMemory().get(WORK).getValue());
        try {
            if (worker.step(work)) {
                Remembered.of(worker.agent(), work.event, context).add(work.event.key, work.values);
                context.sendEvent(new OutputEvent(Outcome.result(worker.agent(), work)));
            } else {
                context.getSensoryMemory().set(WORK, work.json());
                context.sendEvent(new StepEvent());
            }
        } catch (CallFailed e) {
            context.sendEvent(new OutputEvent(Outcome.dead(work, e.getMessage())));
        }
    }

    /** Closes what agents have opened on this machine; none may be at work any more. */
    public static void release() {
        Worker.release();
    }

    private static Worker worker(RunnerContext context) {
        return Worker.of((String) context.getActionConfigValue(SPEC));
    }
}
