package io.millrace.agent.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final long START = 1_000_000;
    private static final long BEFORE = START - 1;

    @Test
    void aRowCommittedAfterTheStartNeverWaits() throws Exception {
        try (var backlog = backlog(0, 1)) {
            backlog.processElement(event("1", START), 0);
            backlog.processElement(event("2", START + 5), 0);

            assertThat(passed(backlog)).containsExactly("1", "2");
        }
    }

    @Test
    void theNewestGoOnTogetherAndTheOthersAtTheirPace() throws Exception {
        try (var backlog = backlog(2, 4)) {
            for (String key : List.of("9", "100", "98", "99")) {
                backlog.processElement(event(key, BEFORE), 0);
            }
            assertThat(passed(backlog)).isEmpty();

            backlog.setProcessingTime(START + 3000);
            assertThat(passed(backlog)).containsExactly("100", "99");

            backlog.setProcessingTime(START + 3000 + 15_000);
            assertThat(passed(backlog)).containsExactly("100", "99", "98");

            backlog.setProcessingTime(START + 3000 + 30_000);
            assertThat(passed(backlog)).containsExactly("100", "99", "98", "9");
        }
    }

    @Test
    void withoutAPaceOnlyTheNewestGoOn() throws Exception {
        try (var backlog = backlog(1, 0)) {
            backlog.processElement(event("1", BEFORE), 0);
            backlog.processElement(event("2", BEFORE), 0);
            backlog.setProcessingTime(START + 3_600_000);

            assertThat(passed(backlog)).containsExactly("2");
        }
    }

    @Test
    void noneGoOnWhenNoneMay() throws Exception {
        try (var backlog = backlog(0, 0)) {
            backlog.processElement(event("1", BEFORE), 0);
            backlog.setProcessingTime(START + 3_600_000);

            assertThat(passed(backlog)).isEmpty();
        }
    }

    @Test
    void aNewVersionGoesOnInPlaceOfTheWaitingOne() throws Exception {
        try (var backlog = backlog(5, 0)) {
            backlog.processElement(event("1", BEFORE), 0);
            backlog.processElement(event("1", START + 1), 0);
            backlog.setProcessingTime(START + 3000);

            assertThat(backlog.extractOutputValues())
                    .extracting(event -> event.sourceMillis)
                    .containsExactly(START + 1);
        }
    }

    @Test
    void aLateAttachmentWaitsOnlyWithItsRow() throws Exception {
        try (var backlog = backlog(1, 0)) {
            backlog.processElement(event("1", BEFORE), 0);
            backlog.processElement(event("2", BEFORE), 0);
            backlog.setProcessingTime(START + 3000);
            backlog.processElement(attached("1"), 0);
            backlog.processElement(attached("2"), 0);

            assertThat(passed(backlog)).containsExactly("2", "2");
        }
    }

    @Test
    void aRowDeletedWhileItWaitsIsNotWorkedOn() throws Exception {
        try (var backlog = backlog(5, 0)) {
            backlog.processElement(event("1", BEFORE), 0);
            TriggerEvent deletion = event("1", BEFORE);
            deletion.deleted = true;
            backlog.processElement(deletion, 0);
            backlog.setProcessingTime(START + 3000);

            assertThat(backlog.extractOutputValues())
                    .extracting(event -> event.deleted)
                    .containsExactly(true);
        }
    }

    @Test
    void aTextIsOlderThanOneThatSortsAfterIt() throws Exception {
        try (var backlog = backlog(1, 0)) {
            backlog.processElement(event("a-2", BEFORE), 0);
            backlog.processElement(event("a-10", BEFORE), 0);
            backlog.setProcessingTime(START + 3000);

            assertThat(passed(backlog)).containsExactly("a-2");
        }
    }

    @Test
    void aRestoreKeepsTheFirstStartAndWhatWaits() throws Exception {
        OperatorSubtaskState state;
        try (var backlog = backlog(1, 4)) {
            backlog.processElement(event("1", BEFORE), 0);
            backlog.processElement(event("2", BEFORE), 0);
            backlog.setProcessingTime(START + 3000);
            state = backlog.snapshot(1, 0);
        }
        try (var restored = harness(1, 4)) {
            restored.setProcessingTime(START + 10_000);
            restored.initializeState(state);
            restored.open();
            restored.processElement(event("3", START + 5000), 0);
            restored.setProcessingTime(START + 3000 + 15_000);

            assertThat(passed(restored)).containsExactly("3", "1");
        }
    }

    private static List<String> passed(
            KeyedOneInputStreamOperatorTestHarness<Integer, TriggerEvent, TriggerEvent> backlog) {
        return backlog.extractOutputValues().stream().map(event -> event.key).toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, TriggerEvent, TriggerEvent> backlog(
            int newest, double perMinute) throws Exception {
        var harness = harness(newest, perMinute);
        harness.open();
        harness.setProcessingTime(START);
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, TriggerEvent, TriggerEvent> harness(
            int newest, double perMinute) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Backlog(newest, perMinute)), event -> 0, Types.INT);
    }

    private static TriggerEvent attached(String key) {
        TriggerEvent event = event(key, BEFORE);
        event.attached = true;
        return event;
    }

    private static TriggerEvent event(String key, long sourceMillis) {
        TriggerEvent event = new TriggerEvent();
        event.key = key;
        event.version = 1;
        event.sourceMillis = sourceMillis;
        return event;
    }
}
