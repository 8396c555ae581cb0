package io.millrace.gateway.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error in OpenAI's shape: {@code {"error": {"message", "type", "param", "code"}}}. */
public final class ErrorDocument {
    private ErrorDocument() {}

    public static String of(GatewayException problem) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("error")
                .put("message", problem.getMessage())
                .put("type", problem.code().type())
                .putNull("param")
                .put("code", problem.code().text());
        return document.toString();
    }
}
