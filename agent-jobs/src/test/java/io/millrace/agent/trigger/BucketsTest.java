package io.millrace.agent.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private final Buckets buckets = new Buckets(128);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16, 64, 128})
    void everySubtaskHasAsManyKeys(int parallelism) {
        Map<Integer, Long> keysOfSubtask = IntStream.range(0, 100_000)
                .mapToObj(row -> buckets.of("row " + row))
                .distinct()
                .collect(Collectors.groupingBy(
                        key -> KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 128, parallelism),
                        Collectors.counting()));

        assertThat(keysOfSubtask).hasSize(parallelism);
        assertThat(keysOfSubtask.values()).containsOnly(128L / parallelism);
    }

    /** Else a subtask's queue fills up while others have none, and all wait for it. */
    @Test
    void consecutiveNumbersReachAllSubtasksAlike() {
        for (int first = 10_000; first < 20_000; first += 1_000) {
            Map<Integer, Long> rowsOfSubtask = IntStream.range(first, first + 1_000)
                    .mapToObj(row -> buckets.of(String.valueOf(row)))
                    .collect(Collectors.groupingBy(
                            key -> KeyGroupRangeAssignment.assignKeyToParallelOperator(key, 128, 16),
                            Collectors.counting()));

            assertThat(rowsOfSubtask).hasSize(16);
            assertThat(rowsOfSubtask.values()).allMatch(rows -> rows > 1_000 / 16 / 2 && rows < 1_000 / 16 * 2);
        }
    }

    @Test
    void equalTextsShareAKey() {
        assertThat(buckets.of("customer 5")).isEqualTo(new Buckets(128).of("customer 5"));
    }
}
