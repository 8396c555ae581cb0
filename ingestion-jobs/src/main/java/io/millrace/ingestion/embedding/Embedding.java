package io.millrace.ingestion.embedding;

import io.millrace.ingestion.gateway.CallFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A text's embedding, or why it has none.
 *
 * @param vector null when the model failed
 * @param model as the model calls itself; null when it failed
 * @param revision null when the model does not say
 * @param error null when it did not fail
 */
record Embedding(
        @Nullable List<Float> vector,
        @Nullable String model,
        @Nullable String revision,
        @Nullable String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Embedding failed(String reason) {
        return new Embedding(null, null, null, reason);
    }

    /** The body of OpenAI's embeddings request. */
    static String request(String alias, List<String> texts) {
        ObjectNode request = JSON.createObjectNode().put("model", alias);
        texts.forEach(request.putArray("input")::add);
        return request.toString();
    }

    /**
     * The embeddings in an answer, in the order of the texts.
     *
     * @throws CallFailure when the answer holds something else
     */
    static List<Embedding> answered(String body, int texts) {
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CallFailure("the gateway's answer is no JSON: " + CallFailure.shortened(body));
        }
        String model = answer.path("model").asText("");
        String revision = answer.path("system_fingerprint").asText(null);
        Embedding[] embeddings = new Embedding[texts];
        for (JsonNode entry : answer.path("data")) {
            int position = entry.path("index").asInt(-1);
            JsonNode numbers = entry.path("embedding");
            if (position < 0 || position >= texts || !numbers.isArray() || numbers.isEmpty()) {
                throw new CallFailure("the model's answer is none: " + CallFailure.shortened(body));
            }
            List<Float> vector = new ArrayList<>(numbers.size());
            for (JsonNode number : numbers) {
                if (!number.isNumber() || !Float.isFinite(number.floatValue())) {
                    throw new CallFailure("the model's vector holds what is no number: " + number);
                }
                vector.add(number.floatValue());
            }
            embeddings[position] = new Embedding(vector, model, revision, null);
        }
        if (Arrays.asList(embeddings).contains(null)) {
            throw new CallFailure("the model embedded " + answer.path("data").size() + " of " + texts + " texts");
        }
        return new ArrayList<>(List.of(embeddings));
    }
}
