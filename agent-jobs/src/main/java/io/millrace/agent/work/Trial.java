package io.millrace.agent.work;

import io.millrace.agent.model.CallFailed;
import io.millrace.app.agent.Agent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent's work on one row outside of its job, by the job's own steps and with nothing in memory. */
public final class Trial {
    private final Worker worker;
    private final Work work = new Work();

    /** @param spec the job's {@code AgentJobSpec} as JSON */
    public Trial(String spec, Map<String, String> row) {
        worker = Worker.of(spec);
        work.event.key = row.get(agent().key());
        work.event.row.putAll(row);
    }

    public Agent agent() {
        return worker.agent();
    }

    /**
     * Works until these columns are filled.
     *
     * @return column to value; null for NULL
     * @throws CallFailed where the job would send the row to the dead letters
     */
    public Map<String, @Nullable String> fill(Collection<String> columns) throws CallFailed, InterruptedException {
        while (!work.values.keySet().containsAll(columns)) {
            worker.step(work);
        }
        return work.values;
    }

    /** Embedding of what the agent reads of the row. */
    public float[] meaning() throws CallFailed, InterruptedException {
        return worker.meaning(work, "meaning", "");
    }

    /** Calls of models so far: whether the ledger had the answer. */
    public List<Boolean> calls() {
        return work.steps.stream()
                .filter(step -> step.call() != null)
                .map(Step::hit)
                .toList();
    }
}
