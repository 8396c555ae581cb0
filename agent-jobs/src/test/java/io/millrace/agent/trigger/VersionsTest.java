package io.millrace.agent.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VersionsTest {
    @Test
    void aVersionGoesThroughOnceAndAnOlderOneNever() throws Exception {
        try (var versions = versions(List.of())) {
            for (long version : List.of(5L, 5L, 4L, 6L)) {
                versions.processElement(event(version, "x"), 0);
            }

            assertThat(passed(versions)).containsExactly(5L, 6L);
        }
    }

    @Test
    void anUpdateThatChangesNoWatchedColumnIsSwallowed() throws Exception {
        try (var versions = versions(List.of("body"))) {
            versions.processElement(event(1, "x"), 0);
            versions.processElement(event(2, "x"), 0);
            versions.processElement(event(3, "y"), 0);
            versions.processElement(event(4, "x"), 0);

            assertThat(passed(versions)).containsExactly(1L, 3L, 4L);
        }
    }

    @Test
    void nullAndTheEmptyTextAreTwoContents() throws Exception {
        try (var versions = versions(List.of("body"))) {
            versions.processElement(event(1, null), 0);
            versions.processElement(event(2, ""), 0);
            versions.processElement(event(3, null), 0);

            assertThat(passed(versions)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void onlyARowThatWasSeenIsDeleted() throws Exception {
        try (var versions = versions(List.of("body"))) {
            versions.processElement(deletion(1), 0);
            versions.processElement(event(2, "x"), 0);
            versions.processElement(deletion(2), 0);
            versions.processElement(event(3, "x"), 0);

            assertThat(versions.extractOutputValues())
                    .extracting(event -> event.version, event -> event.deleted)
                    .containsExactly(tuple(2L, false), tuple(2L, true), tuple(3L, false));
        }
    }

    @Test
    void aRestoreForgetsNoVersion() throws Exception {
        OperatorSubtaskState state;
        try (var versions = versions(List.of("body"))) {
            versions.processElement(event(7, "x"), 0);
            state = versions.snapshot(1, 0);
        }
        try (var restored = harness(List.of("body"))) {
            restored.initializeState(state);
            restored.open();
            restored.processElement(event(7, "x"), 0);
            restored.processElement(event(8, "x"), 0);
            restored.processElement(event(9, "y"), 0);

            assertThat(passed(restored)).containsExactly(9L);
        }
    }

    private static List<Long> passed(
            KeyedOneInputStreamOperatorTestHarness<String, TriggerEvent, TriggerEvent> versions) {
        return versions.extractOutputValues().stream()
                .map(event -> event.version)
                .toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, TriggerEvent, TriggerEvent> versions(
            List<String> watched) throws Exception {
        var harness = harness(watched);
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, TriggerEvent, TriggerEvent> harness(
            List<String> watched) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Versions(watched)), event -> event.key, Types.STRING);
    }

    private static TriggerEvent event(long version, @Nullable String body) {
        TriggerEvent event = new TriggerEvent();
        event.key = "1";
        event.version = version;
        Map<String, String> row = new HashMap<>();
        row.put("body", body);
        event.row = row;
        return event;
    }

    private static TriggerEvent deletion(long version) {
        TriggerEvent event = event(version, null);
        event.deleted = true;
        return event;
    }
}
