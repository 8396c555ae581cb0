package io.millrace.ingestion.inference;

import io.millrace.ingestion.gateway.CallFailure;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * An output column that the model fills.
 *
 * @param oneOf the values allowed; empty means any, and then NULL too
 */
record AnswerColumn(String name, Type type, List<String> oneOf) implements Serializable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The types a model can answer in. */
    enum Type {
        STRING("string"),
        INT("integer"),
        BIGINT("integer"),
        DOUBLE("number"),
        BOOLEAN("boolean");

        private final String json;

        Type(String json) {
            this.json = json;
        }

        private @Nullable Object value(JsonNode node) {
            return switch (this) {
                case STRING -> node.isTextual() ? StringData.fromString(node.textValue()) : null;
                case INT -> node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : null;
                case BIGINT -> node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : null;
                case DOUBLE -> node.isNumber() ? node.doubleValue() : null;
                case BOOLEAN -> node.isBoolean() ? node.booleanValue() : null;
            };
        }
    }

    static AnswerColumn of(Column column, List<String> oneOf) {
        checkNullable(column);
        Type type = type(column);
        if (type != Type.STRING && !oneOf.isEmpty()) {
            throw new IllegalArgumentException("option 'one-of." + column.getName() + "' is for a column of type "
                    + type + ": declare the column STRING");
        }
        return new AnswerColumn(column.getName(), type, oneOf);
    }

    static void checkReserved(Column column) {
        checkNullable(column);
        if (type(column) != Type.STRING) {
            throw new IllegalArgumentException(
                    "output column " + column.getName() + " is written by the platform and is "
                            + column.getDataType().getLogicalType().asSummaryString() + ": declare it STRING");
        }
    }

    private static void checkNullable(Column column) {
        if (!column.getDataType().getLogicalType().isNullable()) {
            throw new IllegalArgumentException("output column " + column.getName()
                    + " is NOT NULL, and a row without an answer has NULL there: declare it without NOT NULL");
        }
    }

    private static Type type(Column column) {
        LogicalType type = column.getDataType().getLogicalType();
        return switch (type.asSummaryString()) {
            case "STRING" -> Type.STRING;
            case "INT" -> Type.INT;
            case "BIGINT" -> Type.BIGINT;
            case "DOUBLE" -> Type.DOUBLE;
            case "BOOLEAN" -> Type.BOOLEAN;
            default ->
                throw new IllegalArgumentException("output column " + column.getName() + " is " + type.asSummaryString()
                        + ": use STRING, INT, BIGINT, DOUBLE or BOOLEAN");
        };
    }

    boolean isPlainText() {
        return type == Type.STRING && oneOf.isEmpty();
    }

    ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (oneOf.isEmpty()) {
            schema.putArray("type").add(type.json).add("null");
        } else {
            ArrayNode values = schema.put("type", type.json).putArray("enum");
            oneOf.forEach(values::add);
        }
        return schema;
    }

    /** @throws CallFailure when the text is not one JSON object with a fitting value for each column */
    static Map<String, Object> read(List<AnswerColumn> columns, String content) {
        JsonNode answer;
        try {
            answer = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new CallFailure("the answer is no JSON: " + CallFailure.shortened(content));
        }
        Map<String, Object> values = new HashMap<>();
        for (AnswerColumn column : columns) {
            JsonNode node = answer.path(column.name);
            if (node.isMissingNode()) {
                throw new CallFailure("the answer lacks " + column.name + ": " + CallFailure.shortened(content));
            }
            if (node.isNull() && column.oneOf.isEmpty()) {
                continue;
            }
            Object value = column.type.value(node);
            if (value == null || !column.oneOf.isEmpty() && !column.oneOf.contains(value.toString())) {
                throw new CallFailure(
                        "the answer's " + column.name + " is " + CallFailure.shortened(node.toString()) + ", not "
                                + (column.oneOf.isEmpty() ? column.type : "one of " + String.join(", ", column.oneOf)));
            }
            values.put(column.name, value);
        }
        return values;
    }
}
