package io.millrace.models.tool;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A function the caller can run.
 *
 * @param parameters JSON schema of its arguments
 */
public record Tool(String name, String description, JsonNode parameters) {
    /** What is compared with a message. */
    String meaning() {
        String words = name.replaceAll("[_\\-.]", " ");
        return description.isBlank() ? words : words + ": " + description;
    }
}
