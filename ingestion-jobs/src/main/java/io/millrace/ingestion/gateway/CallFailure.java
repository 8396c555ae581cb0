package io.millrace.ingestion.gateway;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** Why a call gave no answer; the message is what the row's {@code error} column says. */
public final class CallFailure extends RuntimeException {
    private static final int LONGEST = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    public CallFailure(String reason) {
        super(reason, null, false, false);
    }

    public static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** The reason in the body of an answer that is none. */
    public static String reason(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            String message = error.isTextual()
                    ? error.textValue()
                    : error.path("message").asText("");
            return shortened(message.isEmpty() ? body : message);
        } catch (JsonProcessingException e) {
            return shortened(body);
        }
    }
}
