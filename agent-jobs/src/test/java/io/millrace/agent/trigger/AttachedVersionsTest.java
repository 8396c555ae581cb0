package io.millrace.agent.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.agent.Agent;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttachedVersionsTest {
    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<String, TriggerEvent, Attachment, TriggerEvent> {
        Harness() throws Exception {
            super(
                    new KeyedCoProcessOperator<>(new AttachedVersions(List.of("body"), 20)),
                    event -> event.key,
                    change -> change.key,
                    Types.STRING);
        }

        void row(long version, String body) throws Exception {
            TriggerEvent event = new TriggerEvent();
            event.key = "1";
            event.version = version;
            event.sourceMillis = version;
            event.row.put("body", body);
            processElement1(event, 0);
        }

        void delete(long version) throws Exception {
            TriggerEvent event = new TriggerEvent();
            event.key = "1";
            event.version = version;
            event.deleted = true;
            processElement1(event, 0);
        }

        /** @param text null takes it away */
        void attach(String id, @Nullable String text) throws Exception {
            Attachment change = new Attachment();
            change.id = id;
            change.key = "1";
            change.gone = text == null;
            change.text = text == null ? "" : text;
            processElement2(change, 0);
        }

        List<String> passed() {
            return extractOutputValues().stream()
                    .map(event -> event.deleted
                            ? "deleted"
                            : event.version + " " + event.row.get("body") + ": " + event.row.get(Agent.ATTACHMENTS))
                    .toList();
        }
    }

    private static Harness started() throws Exception {
        Harness harness = new Harness();
        harness.open();
        return harness;
    }

    @Test
    void aLateAttachmentMakesANewVersion() throws Exception {
        try (Harness versions = started()) {
            versions.row(100, "see photo");
            versions.attach("a", "order 123456");
            assertThat(versions.passed()).containsExactly("100 see photo: ", "101 see photo: order 123456");
        }
    }

    @Test
    void anAttachmentWaitsForItsRow() throws Exception {
        try (Harness versions = started()) {
            versions.attach("a", "order 123456");
            assertThat(versions.passed()).isEmpty();
            versions.row(100, "see photo");
            assertThat(versions.passed()).containsExactly("100 see photo: order 123456");
        }
    }

    @Test
    void whatLeavesTheTextEqualDoesNothing() throws Exception {
        try (Harness versions = started()) {
            versions.row(100, "x");
            versions.attach("a", "12345");
            versions.attach("a", "12345");
            versions.attach("b", "  ");
            versions.attach("b", null);
            versions.attach("none", null);
            assertThat(versions.passed()).containsExactly("100 x: ", "101 x: 12345");
        }
    }

    @Test
    void aChangedOrDeletedAttachmentMakesANewVersion() throws Exception {
        try (Harness versions = started()) {
            versions.attach("a", "one");
            versions.row(100, "x");
            versions.attach("a", "two");
            versions.attach("a", null);
            assertThat(versions.passed()).containsExactly("100 x: one", "101 x: two", "102 x: ");
        }
    }

    @Test
    void attachmentsAreReadInTheOrderOfTheirIdsUpToTheLimit() throws Exception {
        try (Harness versions = started()) {
            versions.attach("b", "bbbb");
            versions.attach("a", "aaaa");
            versions.row(100, "x");
            versions.attach("c", "c".repeat(20));
            versions.attach("d", "beyond the limit");
            assertThat(versions.passed()).containsExactly("100 x: aaaa\n\nbbbb", "101 x: aaaa\n\nbbbb\n\ncccccccc");
        }
    }

    @Test
    void versionsGrowAndARowsOwnIsItsPosition() throws Exception {
        try (Harness versions = started()) {
            versions.row(100, "x");
            versions.attach("a", "1");
            versions.attach("a", "2");
            versions.row(102, "y");
            versions.row(101, "stale");
            versions.row(102, "stale");
            versions.row(500, "z");
            versions.row(600, "z");
            versions.attach("a", "3");
            assertThat(versions.passed())
                    .containsExactly("100 x: ", "101 x: 1", "102 x: 2", "103 y: 2", "500 z: 2", "600 z: 3");
        }
    }

    @Test
    void anAttachmentOfADeletedRowDoesNothingUntilTheRowIsThereAgain() throws Exception {
        try (Harness versions = started()) {
            versions.attach("a", "1");
            versions.row(100, "x");
            versions.delete(110);
            versions.delete(110);
            versions.attach("a", "2");
            versions.row(120, "x");
            assertThat(versions.passed()).containsExactly("100 x: 1", "deleted", "120 x: 2");
        }
    }

    @Test
    void aRestoreGoesOnAsIfNothingHadBeen() throws Exception {
        OperatorSubtaskState state;
        try (Harness versions = started()) {
            versions.row(100, "x");
            versions.attach("a", "1");
            state = versions.snapshot(1, 0);
        }
        for (int replay = 0; replay < 2; replay++) {
            try (Harness restored = new Harness()) {
                restored.initializeState(state);
                restored.open();
                restored.row(100, "x");
                restored.attach("a", "1");
                restored.attach("b", "2");
                restored.row(150, "y");
                assertThat(restored.passed()).containsExactly("102 x: 1\n\n2", "150 y: 1\n\n2");
            }
        }
    }

    @Test
    void anAgentThatGetsAttachmentsGoesOnFromWhatItHasSeen() throws Exception {
        OperatorSubtaskState state;
        try (var before = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Versions(List.of("body"))), event -> event.key, Types.STRING)) {
            before.open();
            TriggerEvent event = new TriggerEvent();
            event.key = "1";
            event.version = 100;
            event.row.put("body", "x");
            before.processElement(event, 0);
            state = before.snapshot(1, 0);
        }
        try (Harness restored = new Harness()) {
            restored.initializeState(state);
            restored.open();
            restored.row(100, "x");
            restored.attach("a", "1");
            restored.row(200, "y");
            assertThat(restored.passed()).containsExactly("200 y: 1");
        }
    }

    @Test
    void anEventSaysWhetherOnlyWhatIsAttachedHasChanged() throws Exception {
        try (Harness versions = started()) {
            versions.row(100, "x");
            versions.attach("a", "1");
            versions.row(200, "y");
            assertThat(versions.extractOutputValues())
                    .extracting(event -> event.attached)
                    .containsExactly(false, true, false);
        }
    }

    @Test
    void aRowLosesTheAttachmentThatMovesToAnother() throws Exception {
        try (var owners = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Owners()), change -> change.id, Types.STRING)) {
            owners.open();
            owners.processElement(moved("1", false), 0);
            owners.processElement(moved("1", false), 0);
            owners.processElement(moved("2", false), 0);
            owners.processElement(moved(null, false), 0);
            owners.processElement(moved("3", false), 0);
            owners.processElement(moved("3", true), 0);
            owners.processElement(moved("3", true), 0);
            assertThat(owners.extractOutputValues())
                    .extracting(change -> (change.gone ? "-" : "+") + change.key)
                    .containsExactly("+1", "+1", "-1", "+2", "-2", "+3", "-3");
        }
    }

    private static Attachment moved(@Nullable String key, boolean gone) {
        Attachment change = new Attachment();
        change.id = "a";
        change.key = key;
        change.gone = gone;
        return change;
    }
}
