package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.millrace.gateway.call.CallRequest;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import io.millrace.gateway.provider.Audio;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a call from a request; headers {@code Millrace-*} say who calls and for what. */
final class RequestReader {
    /** Numbers go to the provider digit by digit as they came. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private RequestReader() {}

    /** @throws GatewayException naming the field or header and the fix */
    static CallRequest read(Kind kind, Context context) {
        ObjectNode body = body(context.bodyAsBytes());
        String alias = body.path("model").asText("");
        if (alias.isEmpty()) {
            throw invalid("'model' is missing: GET /v1/models lists what there is");
        }
        if (kind == Kind.CHAT && body.path("messages").isEmpty()) {
            throw invalid("'messages' is missing: give an array of at least one message");
        }
        JsonNode input = body.path("input");
        if (kind == Kind.EMBEDDINGS && input.asText("").isEmpty() && input.isEmpty()) {
            throw invalid("'input' is missing: give a text or an array of texts");
        }
        boolean streamed = kind == Kind.CHAT && body.path("stream").asBoolean();
        return of(kind, alias, body, streamed, null, context);
    }

    /** The call with what the headers say of its caller. */
    static CallRequest of(
            Kind kind, String alias, ObjectNode body, boolean streamed, @Nullable Audio audio, Context context) {
        return new CallRequest(
                kind,
                alias,
                body,
                streamed,
                context.header("Millrace-Caller"),
                context.header("Millrace-Key"),
                version(context.header("Millrace-Input-Version")),
                context.header("Millrace-Prompt"),
                Objects.requireNonNullElse(context.header("Millrace-Rerun"), ""),
                audio);
    }

    private static ObjectNode body(byte[] bytes) {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode body) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw invalid("the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw invalid("the body cannot be read: " + e.getMessage());
        }
        throw invalid("the body is not a JSON object");
    }

    private static @Nullable Long version(@Nullable String header) {
        try {
            return header == null ? null : Long.valueOf(header.strip());
        } catch (NumberFormatException e) {
            throw invalid("header Millrace-Input-Version has the value '" + header + "': give a whole number");
        }
    }

    private static GatewayException invalid(String message) {
        return new GatewayException(ErrorCode.INVALID_REQUEST, message);
    }
}
