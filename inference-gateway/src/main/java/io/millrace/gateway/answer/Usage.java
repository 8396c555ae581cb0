package io.millrace.gateway.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The tokens an answer took, null where its provider did not tell. */
public record Usage(
        @Nullable Integer promptTokens, @Nullable Integer completionTokens) {
    public static Usage of(ObjectNode answer) {
        JsonNode usage = answer.path("usage");
        // Transcriptions call them input and output.
        String in = usage.has("input_tokens") ? "input_tokens" : "prompt_tokens";
        String out = usage.has("output_tokens") ? "output_tokens" : "completion_tokens";
        Integer prompt = tokens(usage, in);
        Integer completion = tokens(usage, out);
        // Embeddings have no completion.
        return new Usage(prompt, completion == null && prompt != null ? Integer.valueOf(0) : completion);
    }

    private static @Nullable Integer tokens(JsonNode usage, String field) {
        return usage.path(field).canConvertToInt()
                ? Integer.valueOf(usage.path(field).asInt())
                : null;
    }
}
