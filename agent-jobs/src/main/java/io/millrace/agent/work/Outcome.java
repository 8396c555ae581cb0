package io.millrace.agent.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.agent.trigger.Hashes;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.app.agent.Agent;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came of a row, as the JSON that leaves the agent. */
public final class Outcome {
    /** Kinds: the row has a result, it went to the dead letters, it is gone. */
    public enum Kind {
        RESULT,
        DEAD,
        DELETED
    }

    private Outcome() {}

    static String result(Agent agent, Work work) throws JsonProcessingException {
        ObjectNode outcome = base(Kind.RESULT, work.event);
        outcome.set("values", Work.JSON.valueToTree(work.values));
        outcome.put("_input_hash", Hashes.ofColumns(work.event.row, agent.reads()));
        outcome.put("_model", agent.model());
        outcome.put("_prompts", join(work, Step::prompt));
        outcome.put("_calls", join(work, Step::call));
        outcome.put("_steps", Work.JSON.writeValueAsString(work.steps));
        outcome.put("_tokens", work.tokensUsed());
        outcome.put("_millis", work.millis);
        return Work.JSON.writeValueAsString(outcome);
    }

    static String dead(Work work, String reason) throws JsonProcessingException {
        ObjectNode outcome = base(Kind.DEAD, work.event);
        outcome.put("reason", reason);
        outcome.put("_steps", Work.JSON.writeValueAsString(work.steps));
        return Work.JSON.writeValueAsString(outcome);
    }

    static String deleted(TriggerEvent event) throws JsonProcessingException {
        return Work.JSON.writeValueAsString(base(Kind.DELETED, event));
    }

    private static ObjectNode base(Kind kind, TriggerEvent event) {
        return Work.JSON
                .createObjectNode()
                .put("kind", kind.name())
                .put("key", event.key)
                .put("version", event.version);
    }

    private static String join(Work work, Function<Step, @Nullable String> part) {
        return work.steps.stream()
                .map(part)
                .filter(Objects::nonNull)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
    }
}
