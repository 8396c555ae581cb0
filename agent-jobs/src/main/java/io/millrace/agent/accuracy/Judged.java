package io.millrace.agent.accuracy;

import io.millrace.agent.model.CallFailed;
import io.millrace.agent.work.Trial;
import io.millrace.agent.work.Vectors;
import io.millrace.app.agent.AccuracyTask.Half;
import io.millrace.app.agent.AccuracyTask.Sample;
import io.millrace.app.agent.Fill;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A labelled row and what the agent made of it. */
final class Judged {
    static final String NO_ANSWER = "no answer";

    private final Sample sample;
    private final Map<String, @Nullable String> got;
    private final float[] meaning;

    /**
     * @param got labelled column to the agent's value, null for NULL; empty when the agent gave up or was not asked
     * @param meaning embedding of what the agent reads of the row
     */
    private Judged(Sample sample, Map<String, @Nullable String> got, float[] meaning) {
        this.sample = sample;
        this.got = got;
        this.meaning = meaning;
    }

    /** Has the agent fill the columns; none for the embedding alone. */
    static Judged of(Trial trial, Sample sample, List<String> columns) throws CallFailed, InterruptedException {
        Map<String, @Nullable String> got = Map.of();
        try {
            got = trial.fill(columns);
        } catch (CallFailed e) {
            System.err.println(trial.agent().key() + " "
                    + sample.row().get(trial.agent().key()) + " has no answer: " + e.getMessage());
        }
        return new Judged(sample, got, trial.meaning());
    }

    Half half() {
        return sample.half();
    }

    @Nullable
    String expected(String column) {
        return sample.expected().get(column);
    }

    @Nullable
    String value(String column) {
        return got.containsKey(column) ? got.get(column) : NO_ANSWER;
    }

    /** What the agent would say if it took the label of the nearest of these rows, itself left out. */
    String nearest(String column, List<Judged> known) {
        List<Judged> others = known.stream()
                .filter(other -> other != this && other.expected(column) != null)
                .toList();
        return Vectors.nearest(
                meaning,
                others.stream()
                        .map(other -> new Fill.Example("", Objects.requireNonNull(other.expected(column))))
                        .toList(),
                others.stream().map(other -> other.meaning).toList());
    }
}
