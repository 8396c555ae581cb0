package io.millrace.ingestion.inference;

import io.millrace.ingestion.gateway.CallFailure;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** The bodies of OpenAI's chat completions: what is asked for a row, and what came back. */
final class ChatCompletions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InferenceModel model;
    private final ObjectNode common;

    ChatCompletions(InferenceModel model) {
        this.model = model;
        common = JSON.createObjectNode();
        common.put("model", model.alias());
        common.put("temperature", model.temperature());
        if (model.maxTokens() != null) {
            common.put("max_tokens", model.maxTokens());
        }
        if (!model.answer().isFreeText()) {
            common.set("response_format", model.answer().responseFormat());
        }
    }

    String request(List<String> values) {
        ObjectNode request = JSON.createObjectNode();
        request.setAll(common);
        ArrayNode messages = request.putArray("messages");
        for (PromptTemplate.Message message : model.prompt().render(values)) {
            messages.addObject().put("role", message.role()).put("content", message.text());
        }
        return request.toString();
    }

    /**
     * The text of the first choice.
     *
     * @throws CallFailure when there is none, or when it was cut off before its JSON could end
     */
    String content(String body) {
        JsonNode choice;
        try {
            choice = JSON.readTree(body).path("choices").path(0);
        } catch (JsonProcessingException e) {
            throw new CallFailure("the gateway's answer is no JSON: " + CallFailure.shortened(body));
        }
        JsonNode content = choice.path("message").path("content");
        if (!content.isTextual() || content.textValue().isEmpty()) {
            String refusal = choice.path("message").path("refusal").asText("");
            throw new CallFailure(
                    refusal.isEmpty()
                            ? "the model said nothing: " + CallFailure.shortened(body)
                            : "the model refused: " + CallFailure.shortened(refusal));
        }
        if (!model.answer().isFreeText()
                && choice.path("finish_reason").asText().equals("length")) {
            throw new CallFailure(
                    "the answer was cut off: raise max-tokens (" + CallFailure.shortened(content.textValue()) + ")");
        }
        return content.textValue();
    }
}
