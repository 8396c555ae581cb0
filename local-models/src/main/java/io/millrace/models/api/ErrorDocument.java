package io.millrace.models.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;

/** Errors in OpenAI's shape. */
public final class ErrorDocument {
    private ErrorDocument() {}

    public static ObjectNode of(ApiError error, String message) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("error")
                .put("message", message)
                .put("type", error.type())
                .putNull("param")
                .put("code", error.code());
        return document;
    }

    /** Answers a request with an error. */
    public static void write(Context context, ApiException failure) {
        context.status(failure.error().status());
        if (failure.retryAfterSeconds() > 0) {
            context.header("Retry-After", Integer.toString(failure.retryAfterSeconds()));
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        context.contentType("application/json")
                .result(of(failure.error(), message).toString());
    }
}
