package io.millrace.models.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request's JSON object, its fields read with their types checked; a null field counts as absent. */
public record Body(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @throws ApiException when the text is not a JSON object */
    public static Body parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                throw ApiException.invalid("the body is not a JSON object: send one");
            }
            return new Body(json);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("the body is not valid JSON (" + e.getOriginalMessage() + "): send an object");
        }
    }

    /** @throws ApiException when the request names another model, or none */
    public void requireModel(String id) {
        String named = text("model", "");
        if (named.isEmpty()) {
            throw ApiException.invalid("'model' is missing: this path serves '" + id + "'");
        }
        if (!named.equals(id)) {
            throw new ApiException(
                    ApiError.MODEL_NOT_FOUND,
                    "there is no model '" + named + "' on this path: it serves '" + id
                            + "' (GET /v1/models lists them all)");
        }
    }

    public Optional<JsonNode> get(String field) {
        return Optional.ofNullable(json.get(field)).filter(value -> !value.isNull());
    }

    public String text(String field, String otherwise) {
        return get(field)
                .map(value -> {
                    if (!value.isTextual()) {
                        throw wrong(field, value, "a string");
                    }
                    return value.asText();
                })
                .orElse(otherwise);
    }

    public boolean flag(String field) {
        return get(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(field, value, "true or false");
                    }
                    return value.asBoolean();
                })
                .orElse(false);
    }

    public double number(String field, double otherwise, double least, double most) {
        return get(field)
                .map(value -> {
                    if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
                        throw wrong(field, value, "a number from " + least + " to " + most);
                    }
                    return value.asDouble();
                })
                .orElse(otherwise);
    }

    /** A whole number from 1. */
    public Optional<Integer> count(String field) {
        return get(field).map(value -> {
            if (!value.isIntegralNumber() || value.asLong() < 1) {
                throw wrong(field, value, "a whole number from 1");
            }
            return (int) Math.min(value.asLong(), Integer.MAX_VALUE);
        });
    }

    /** The entries of a list, none when it is absent. */
    public List<JsonNode> list(String field) {
        List<JsonNode> entries = new ArrayList<>();
        get(field).ifPresent(value -> {
            if (!value.isArray()) {
                throw wrong(field, value, "a list");
            }
            value.forEach(entries::add);
        });
        return entries;
    }

    /** What says that a field's value is of the wrong kind. */
    public static ApiException wrong(String field, JsonNode value, String expected) {
        String shown = value.toString();
        return ApiException.invalid("'" + field + "' is " + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
                + ": expected " + expected);
    }
}
