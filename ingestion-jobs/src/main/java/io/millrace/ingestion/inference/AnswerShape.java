package io.millrace.ingestion.inference;

import io.millrace.ingestion.gateway.CallFailure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.jspecify.annotations.Nullable;

/** What the output columns ask of the model, and the rows made of what it says. */
record AnswerShape(List<AnswerColumn> columns, List<String> names) implements Serializable {
    static final String CALL = "inference_id";
    static final String ERROR = "error";

    private static final List<String> FREE_TEXT = List.of("answer", "content");

    /**
     * @param columns the output columns, in order
     * @param options every option of the model, of which {@code one-of.COLUMN} are read
     */
    static AnswerShape of(List<Column> columns, Map<String, String> options) {
        List<AnswerColumn> asked = new ArrayList<>();
        for (Column column : columns) {
            if (isReserved(column.getName())) {
                AnswerColumn.checkReserved(column);
            } else {
                String values = options.get(InferenceOptions.ONE_OF + column.getName());
                asked.add(AnswerColumn.of(column, values == null ? List.of() : split(column.getName(), values)));
            }
        }
        if (asked.isEmpty()) {
            throw new IllegalArgumentException(
                    "OUTPUT has no column for the model to fill: add one, such as label STRING");
        }
        List<String> names = asked.stream().map(AnswerColumn::name).toList();
        for (String option : options.keySet()) {
            if (option.startsWith(InferenceOptions.ONE_OF)
                    && !names.contains(option.substring(InferenceOptions.ONE_OF.length()))) {
                throw new IllegalArgumentException(
                        "option '" + option + "' is for no column that the model fills (those are "
                                + String.join(", ", names) + "): name one");
            }
        }
        return new AnswerShape(asked, columns.stream().map(Column::getName).toList());
    }

    private static boolean isReserved(String name) {
        return name.equals(CALL) || name.equals(ERROR);
    }

    private static List<String> split(String column, String values) {
        List<String> split = Arrays.stream(values.split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
        if (split.contains("")) {
            throw new IllegalArgumentException("option 'one-of." + column + "' is '" + values
                    + "': write the allowed values, separated by commas");
        }
        return split;
    }

    boolean hasError() {
        return names.contains(ERROR);
    }

    /** A single STRING column named answer or content is what the model says as it says it; all else is JSON. */
    boolean isFreeText() {
        return columns.size() == 1
                && FREE_TEXT.contains(columns.get(0).name())
                && columns.get(0).isPlainText();
    }

    /** The response_format that makes the model answer in these columns. */
    ObjectNode responseFormat() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode properties = json.objectNode();
        ArrayNode required = json.arrayNode();
        for (AnswerColumn column : columns) {
            properties.set(column.name(), column.schema());
            required.add(column.name());
        }
        ObjectNode schema = json.objectNode();
        schema.put("type", "object").set("properties", properties);
        schema.set("required", required);
        schema.put("additionalProperties", false);
        ObjectNode format = json.objectNode();
        format.put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", schema);
        return format;
    }

    /**
     * @param content what the model said
     * @throws CallFailure when that is not what was asked for
     */
    RowData answered(String content, @Nullable String call) {
        if (isFreeText()) {
            return row(Map.of(columns.get(0).name(), StringData.fromString(content)), call, null);
        }
        return row(AnswerColumn.read(columns, content), call, null);
    }

    /** A row without an answer. */
    RowData failed(String reason, @Nullable String call) {
        return row(Map.of(), call, reason);
    }

    private RowData row(Map<String, Object> answers, @Nullable String call, @Nullable String error) {
        GenericRowData row = new GenericRowData(names.size());
        for (int i = 0; i < names.size(); i++) {
            Object value =
                    switch (names.get(i)) {
                        case CALL -> StringData.fromString(call);
                        case ERROR -> StringData.fromString(error);
                        default -> answers.get(names.get(i));
                    };
            row.setField(i, value);
        }
        return row;
    }
}
