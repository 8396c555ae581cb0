package io.millrace.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.UncheckedIOException;

/** Writes problems as {@code application/problem+json}. */
public final class ProblemDocument {
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemDocument() {}

    /** @param instance the path that was asked for */
    public static byte[] of(ProblemCode code, String detail, String instance) {
        ObjectNode document = JSON.createObjectNode()
                .put("type", "urn:millrace:problem:" + code.code())
                .put("title", code.title())
                .put("status", code.status())
                .put("detail", detail)
                .put("instance", instance)
                .put("code", code.code());
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a request with a problem. */
    public static void write(Context context, ProblemException problem) {
        context.status(problem.code().status());
        context.header("Cache-Control", "no-store");
        if (problem.retryAfterSeconds() > 0) {
            context.header("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        }
        String detail = problem.getMessage() == null ? "" : problem.getMessage();
        context.contentType(CONTENT_TYPE).result(of(problem.code(), detail, context.path()));
    }
}
