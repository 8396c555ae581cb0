package io.millrace.app.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What measuring an agent's accuracy is handed, as JSON.
 *
 * @param spec the {@link AgentJobSpec} as JSON, as the agent's job has it
 * @param halves which halves are measured; the development half is the known one for both
 */
public record AccuracyTask(String spec, List<Half> halves, List<Sample> samples) {
    public AccuracyTask {
        halves = List.copyOf(halves);
        samples = List.copyOf(samples);
    }

    /** Prompts and examples are written by the one and judged by the other. */
    public enum Half {
        DEVELOPMENT,
        HELD_OUT;

        /** Even keys are for development. */
        public static Half of(long key) {
            return key % 2 == 0 ? DEVELOPMENT : HELD_OUT;
        }
    }

    /**
     * A labelled row.
     *
     * @param row the trigger row as text, without its NULLs
     * @param expected labelled column to its right value; null for NULL
     */
    public record Sample(Half half, Map<String, String> row, Map<String, @Nullable String> expected) {}
}
