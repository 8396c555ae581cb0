package io.millrace.agent.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a model answered.
 *
 * @param body the provider's JSON
 * @param call id in the ledger
 * @param hit whether the ledger had the answer
 */
public record ModelAnswer(JsonNode body, String call, boolean hit) {
    /** The first choice's message. */
    public JsonNode message() {
        return body.path("choices").path(0).path("message");
    }

    public String content() {
        return message().path("content").asText("").strip();
    }

    /** Whether the token limit ended the text. */
    public boolean isCut() {
        return body.path("choices").path(0).path("finish_reason").asText().equals("length");
    }

    public int tokens() {
        return body.path("usage").path("total_tokens").asInt(0);
    }
}
