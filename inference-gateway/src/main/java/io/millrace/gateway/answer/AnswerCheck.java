package io.millrace.gateway.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be to be served: a text of what was said; a choice with content or tool calls, arguments that are JSON, and content that
 * fits the request's {@code response_format} when that is a schema.
 */
public final class AnswerCheck {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** A schema comes from a caller: it may refer to itself, never to an address. */
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.add(iri -> () -> {
                throw new java.io.IOException("schemas from elsewhere are not loaded: " + iri);
            })));

    private final Kind kind;
    private final @Nullable JsonSchema schema;

    private AnswerCheck(Kind kind, @Nullable JsonSchema schema) {
        this.kind = kind;
        this.schema = schema;
    }

    /** @throws GatewayException when the request's schema is none */
    public static AnswerCheck of(Kind kind, ObjectNode request) {
        JsonNode format = request.path("response_format");
        if (!format.path("type").asText().equals("json_schema")) {
            return new AnswerCheck(kind, null);
        }
        JsonNode schema = format.path("json_schema").path("schema");
        if (!schema.isObject()) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST, "response_format.json_schema.schema is missing: give a JSON schema");
        }
        try {
            JsonSchema compiled = SCHEMAS.getSchema(schema);
            compiled.initializeValidators();
            return new AnswerCheck(kind, compiled);
        } catch (JsonSchemaException e) {
            throw new GatewayException(
                    ErrorCode.INVALID_REQUEST, "response_format.json_schema.schema is not valid: " + e.getMessage());
        }
    }

    /** Whether nothing of an answer may be shown before all of it is there. */
    public boolean needsWhole() {
        return schema != null;
    }

    /** Why the answer must not be served, or empty when it may. */
    public Optional<String> reject(ObjectNode answer) {
        if (kind == Kind.EMBEDDINGS) {
            return embeddings(answer);
        }
        if (kind == Kind.TRANSCRIPTION) {
            // Nobody speaks in some recordings.
            return answer.path("text").isTextual() ? Optional.empty() : Optional.of("the answer has no text");
        }
        JsonNode choices = answer.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            return Optional.of("the answer has no choices");
        }
        for (JsonNode choice : choices) {
            Optional<String> reason = message(choice.path("message"));
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private Optional<String> message(JsonNode message) {
        if (message.path("tool_calls").isArray() && !message.path("tool_calls").isEmpty()) {
            return toolCalls(message.path("tool_calls"));
        }
        String content = message.path("content").asText("");
        if (content.isBlank()) {
            // A refusal in words is an answer, though none that fits a schema.
            return message.path("refusal").asText("").isBlank()
                    ? Optional.of("the answer has neither content nor tool calls")
                    : Optional.empty();
        }
        return schema == null ? Optional.empty() : fits(schema, content);
    }

    private static Optional<String> toolCalls(JsonNode calls) {
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            try {
                if (!JSON.readTree(function.path("arguments").asText()).isObject()) {
                    return Optional.of("the arguments of tool " + function.path("name") + " are not a JSON object");
                }
            } catch (JsonProcessingException e) {
                return Optional.of(
                        "the arguments of tool " + function.path("name") + " are not JSON: " + e.getOriginalMessage());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fits(JsonSchema schema, String content) {
        try {
            Set<ValidationMessage> faults = schema.validate(JSON.readTree(content));
            return faults.isEmpty()
                    ? Optional.empty()
                    : Optional.of("the content does not fit the schema: "
                            + faults.stream()
                                    .limit(5)
                                    .map(ValidationMessage::getMessage)
                                    .collect(Collectors.joining("; ")));
        } catch (JsonProcessingException e) {
            return Optional.of("the content is not JSON: " + e.getOriginalMessage());
        } catch (JsonSchemaException e) {
            return Optional.of("the schema cannot be applied: " + e.getMessage());
        }
    }

    private static Optional<String> embeddings(ObjectNode answer) {
        JsonNode data = answer.path("data");
        if (!data.isArray() || data.isEmpty()) {
            return Optional.of("the answer has no embeddings");
        }
        for (JsonNode element : data) {
            // An array of numbers, or base64 when the request asks for it.
            if (element.path("embedding").asText("").isEmpty()
                    && element.path("embedding").isEmpty()) {
                return Optional.of("an embedding is empty");
            }
        }
        return Optional.empty();
    }
}
