package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.agent.tool.ToolRunner;
import io.millrace.app.agent.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that must not reach the SQL server: none listens. */
class ToolDialogueTest {
    private static final String INPUT = "Where is order 100017? My name is Ann.";

    private static final Tool STATUS = new Tool(
            "order_status",
            "Looks an order up",
            "SELECT status FROM orders WHERE order_id = ? AND customer_id = ?",
            List.of("order_id", "customer_id"),
            List.of(
                    new Tool.Argument("order_id", "BIGINT", null, "the order's number", false),
                    new Tool.Argument("customer_id", "BIGINT", null, "who asks", true)));

    private final Work work = new Work();
    private final ToolDialogue dialogue = new ToolDialogue(
            List.of(STATUS),
            new ToolRunner("jdbc:mysql://127.0.0.1:1/lake", "nobody", null, Map.of("customer_id", "BIGINT")),
            Duration.ZERO);

    @Test
    void aMessageWithoutCallsEndsTheDialogue() throws Exception {
        assertThat(dialogue.answer(work, Work.JSON.readTree("{\"content\": \"done\", \"tool_calls\": null}"), INPUT))
                .isFalse();
        assertThat(work.messages).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"order_id\": 100017            | tool order_status: arguments are no JSON: {\"order_id\": 100017",
                "[100017]                         | tool order_status: arguments are no JSON object: [100017]",
                "``                               | tool order_status: arguments are no JSON object:",
                "{}                               | tool order_status: argument 'order_id' is missing",
                "{\"order_id\": null}             | tool order_status: order_id null does not stand in the text",
                "{\"order_id\": 10001}            | tool order_status: order_id 10001 does not stand in the text",
                "{\"order_id\": 100018}           | tool order_status: order_id 100018 does not stand in the text",
                "{\"order_id\": \"Ann\"}          | tool order_status: argument 'order_id' is 'Ann', no BIGINT",
                "{\"order_id\": 100017, \"customer_id\": 2}"
                        + " | tool order_status has no argument 'customer_id', only [order_id]",
            })
    void theModelIsToldWhatIsWrongWithItsArguments(String arguments, String reason) throws Exception {
        call("order_status", arguments);

        assertThat(told().strip()).isEqualTo(reason);
        assertThat(work.facts).isEmpty();
    }

    @Test
    void theModelIsToldWhichToolsThereAre() throws Exception {
        call("refund", "{\"order_id\": 100017}");

        assertThat(told()).isEqualTo("there is no tool 'refund', only [order_status]");
    }

    @Test
    void theModelIsToldThatTheServerIsAway() throws Exception {
        work.event.row.put("customer_id", "5");
        call("order_status", "{\"order_id\": 100017}");

        assertThat(told()).startsWith("tool order_status: Communications link failure");
    }

    @Test
    void aNumberOfTheTextThatDoesNotLookAsItMustIsRefused() throws Exception {
        String receipt = "RECEIPT 105631, order number 2026-10-15";
        Tool tool = new Tool(
                "order_status",
                "Looks an order up",
                "SELECT 1",
                List.of("order_id"),
                List.of(new Tool.Argument("order_id", "BIGINT", "1\\d{5}", "the order's number", false)));
        ToolDialogue strict = new ToolDialogue(
                List.of(tool),
                new ToolRunner("jdbc:mysql://127.0.0.1:1/lake", "nobody", null, Map.of()),
                Duration.ZERO);
        ObjectNode message = Work.JSON.createObjectNode();
        message.putArray("tool_calls")
                .addObject()
                .put("id", "call-1")
                .putObject("function")
                .put("name", "order_status")
                .put("arguments", "{\"order_id\": 2026}");

        strict.answer(work, message, receipt);

        assertThat(told()).isEqualTo("tool order_status: order_id 2026 is none of the text's [105631]");
        assertThat(Requests.tools("chat", List.of(), List.of(tool), receipt)
                        .at("/tools/0/function/parameters/properties/order_id/enum"))
                .hasToString("[105631]");
    }

    @Test
    void aCallAndItsAnswerStandInTheDialogueAndInTheSteps() throws Exception {
        call("refund", "{}");

        assertThat(work.messages).hasSize(2);
        assertThat(work.messages.get(0)).containsEntry("role", "assistant").containsKey("tool_calls");
        assertThat(work.messages.get(1)).containsEntry("role", "tool").containsEntry("tool_call_id", "call-1");
        assertThat(work.steps)
                .extracting(Step::step, Step::by, Step::answer)
                .containsExactly(tuple("refund", "tool", "{} → there is no tool 'refund', only [order_status]"));
    }

    private void call(String tool, String arguments) throws InterruptedException {
        ObjectNode message = Work.JSON.createObjectNode();
        message.putArray("tool_calls")
                .addObject()
                .put("id", "call-1")
                .put("type", "function")
                .putObject("function")
                .put("name", tool)
                .put("arguments", arguments);
        assertThat(dialogue.answer(work, message, INPUT)).isTrue();
    }

    private String told() {
        return (String) work.messages.get(work.messages.size() - 1).get("content");
    }
}
