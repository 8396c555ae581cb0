package io.millrace.agent.work;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.app.agent.Agent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.agents.api.context.MemoryObject;
import org.apache.flink.agents.api.context.RunnerContext;
import org.jspecify.annotations.Nullable;

/**
 * The short-term memory of the rows that share a value, such as a customer: a line for each of the last ones.
 *
 * <p>Many values share a Flink key, so that the agent operator's keys stay few; each value has its own place in there.
 */
final class Remembered {
    private final Agent agent;
    private final MemoryObject memory;
    private final String place;
    private final Map<String, String> lines;

    private Remembered(Agent agent, MemoryObject memory, String place, Map<String, String> lines) {
        this.agent = agent;
        this.memory = memory;
        this.place = place;
        this.lines = lines;
    }

    static Remembered of(Agent agent, TriggerEvent trigger, RunnerContext context) throws Exception {
        String value =
                agent.memory() == null ? null : trigger.row.get(agent.memory().by());
        String place = value == null ? "" : "by_" + value.replaceAll("\\W", "_");
        MemoryObject memory = context.getShortTermMemory();
        Map<String, String> lines = new LinkedHashMap<>();
        if (!place.isEmpty() && memory.isExist(place)) {
            lines.putAll(Work.JSON.readValue(
                    (String) memory.get(place).getValue(), new TypeReference<LinkedHashMap<String, String>>() {}));
        }
        return new Remembered(agent, memory, place, lines);
    }

    /** The lines of the other rows, the oldest first. */
    List<String> lines(String key) {
        Map<String, String> others = new LinkedHashMap<>(lines);
        others.remove(key);
        return new ArrayList<>(others.values());
    }

    /** Keeps a row's line, in place of that of an older version. */
    void add(String key, Map<String, @Nullable String> values) throws Exception {
        if (agent.memory() == null || place.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(agent.key() + " " + key);
        for (String column : agent.memory().remember()) {
            String value = values.get(column);
            if (value != null) {
                line.append(", ").append(column).append(": ").append(value);
            }
        }
        lines.remove(key);
        lines.put(key, line.toString());
        while (lines.size() > agent.memory().keep()) {
            lines.remove(lines.keySet().iterator().next());
        }
        memory.set(place, Work.JSON.writeValueAsString(lines));
    }
}
