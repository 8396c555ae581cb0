package io.millrace.models.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What a tool gave, in words. */
final class ToolResult {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolResult() {}

    /** Names and values of JSON, lists with semicolons; other text as it is. */
    static String inWords(String result) {
        JsonNode json;
        try {
            json = JSON.readTree(result);
        } catch (JsonProcessingException e) {
            return result;
        }
        return json.isContainerNode() ? words(json) : result;
    }

    private static String words(JsonNode json) {
        List<String> parts = new ArrayList<>();
        if (json.isObject()) {
            json.properties()
                    .forEach(entry -> parts.add(entry.getKey().replace('_', ' ') + ": " + words(entry.getValue())));
            return String.join(", ", parts);
        }
        if (json.isArray()) {
            json.forEach(entry -> parts.add(words(entry)));
            return String.join("; ", parts);
        }
        return json.asText();
    }
}
