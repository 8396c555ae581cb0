package io.millrace.agent.accuracy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How often which value was expected and which one came. */
final class Confusion {
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    /** Both null for NULL. */
    void add(@Nullable String expected, @Nullable String got) {
        counts.computeIfAbsent(String.valueOf(expected), value -> new TreeMap<>())
                .merge(String.valueOf(got), 1, Integer::sum);
    }

    int count(String expected, String got) {
        return counts.getOrDefault(expected, Map.of()).getOrDefault(got, 0);
    }

    int of() {
        return counts.keySet().stream().mapToInt(this::expected).sum();
    }

    int right() {
        return counts.keySet().stream().mapToInt(value -> count(value, value)).sum();
    }

    double accuracy() {
        return (double) right() / of();
    }

    /** What is right when the most frequent value is always said. */
    double mostFrequent() {
        return (double) counts.keySet().stream().mapToInt(this::expected).max().orElse(0) / of();
    }

    private int expected(String value) {
        Collection<Integer> row = counts.get(value).values();
        return row.stream().mapToInt(Integer::intValue).sum();
    }
}
