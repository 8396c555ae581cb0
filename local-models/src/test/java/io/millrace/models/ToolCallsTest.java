package io.millrace.models;

import static io.millrace.models.RunningModels.JSON;
import static io.millrace.models.RunningModels.body;
import static io.millrace.models.RunningModels.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.models.RunningModels.Client;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningModels.class)
class ToolCallsTest {
    private static final String TOOLS = ", 'max_tokens': 40, 'tools': ["
            + "{'type': 'function', 'function': {'name': 'get_order', 'description': 'Look up the status of an order by"
            + " its number', 'parameters': {'type': 'object', 'properties': {'order_id': {'type': 'integer'}},"
            + " 'required': ['order_id']}}}, "
            + "{'type': 'function', 'function': {'name': 'get_weather', 'description': 'Current weather in a city',"
            + " 'parameters': {'type': 'object', 'properties': {'city': {'type': 'string', 'maxLength': 30}},"
            + " 'required': ['city']}}}]";
    private static final String CALLED = "'messages': [{'role': 'user', 'content': 'Where is my order 4821?'},"
            + " {'role': 'assistant', 'content': null, 'tool_calls': [{'id': 'call_1', 'type': 'function', 'function':"
            + " {'name': 'get_order', 'arguments': '{}'}}]}, {'role': 'tool', 'tool_call_id': 'call_1', 'content':"
            + " 'shipped with DHL'}]";

    private final Client models;

    ToolCallsTest(Client models) {
        this.models = models;
    }

    @Test
    void toolThatFitsIsCalledWithTheNumberOfTheMessage() throws Exception {
        JsonNode answer = models.chat(user("Where is my order 4821?") + TOOLS);
        JsonNode call = answer.at("/choices/0/message/tool_calls/0");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(call.at("/function/name").asText()).isEqualTo("get_order");
        assertThat(JSON.readTree(call.at("/function/arguments").asText()))
                .isEqualTo(JSON.createObjectNode().put("order_id", 4821));
        assertThat(call.get("id").asText()).startsWith("call_");
    }

    @Test
    void otherMessageCallsTheOtherTool() throws Exception {
        JsonNode call = models.message(user("What is the weather in Paris today?") + TOOLS)
                .at("/tool_calls/0/function");
        assertThat(call.get("name").asText()).isEqualTo("get_weather");
        assertThat(JSON.readTree(call.get("arguments").asText()).get("city").asText())
                .contains("Paris");
    }

    @Test
    void toolIsNotCalledWithoutTheNumberItNeeds() throws Exception {
        assertThat(models.message(user("Where is my order?") + TOOLS).has("tool_calls"))
                .isFalse();
    }

    @Test
    void messageAboutSomethingElseCallsNoTool() throws Exception {
        assertThat(models.message(user("Write a haiku about love.") + TOOLS).has("tool_calls"))
                .isFalse();
    }

    @Test
    void callerDecidesWhetherAToolIsCalled() throws Exception {
        assertThat(models.message(user("Where is my order 4821?") + TOOLS + ", 'tool_choice': 'none'")
                        .has("tool_calls"))
                .isFalse();
        assertThat(models.message(user("Write a haiku about love.") + TOOLS + ", 'tool_choice': 'required'")
                        .at("/tool_calls/0/function/name")
                        .asText())
                .isEqualTo("get_weather");
        assertThat(models.message(user("Tell me about 12 lamps.") + TOOLS
                                + ", 'tool_choice': {'type': 'function', 'function': {'name': 'get_order'}}")
                        .at("/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"order_id\": 12}");
    }

    @Test
    void unknownToolIsRefusedWithTheNearestName() throws Exception {
        HttpResponse<String> response = models.post(
                "/v1/chat/completions",
                body(user("hi") + TOOLS + ", 'tool_choice': {'type': 'function', 'function': {'name': 'get_odrer'}}"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("did you mean 'get_order'?");
    }

    @Test
    void resultIsAnsweredWithWhatItSays() throws Exception {
        JsonNode answer = models.chat(CALLED + TOOLS);
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("shipped with DHL");
        assertThat(answer.at("/choices/0/message").has("tool_calls")).isFalse();
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void callIsStreamedAsOneChunk() throws Exception {
        String events = models.post(
                        "/v1/chat/completions", body(user("Where is my order 4821?") + TOOLS + ", 'stream': true"))
                .body();
        assertThat(events)
                .contains("\"delta\":{\"tool_calls\":[{\"id\":\"call_", "\"finish_reason\":\"tool_calls\"", "4821")
                .endsWith("data: [DONE]\n\n");
    }
}
