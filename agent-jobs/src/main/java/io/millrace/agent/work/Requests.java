package io.millrace.agent.work;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.Tool;
import io.millrace.app.prompt.Prompt;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Requests in OpenAI's shape; the same row and prompts always make the same request. */
public final class Requests {
    private static final int TOOL_TOKENS = 100;
    private static final int VERDICT_TOKENS = 16;

    private Requests() {}

    /** Asks for {@code {"COLUMN": value}} unless the column is free text. */
    public static ObjectNode column(String model, List<Prompt.Message> messages, OutputColumn column) {
        ObjectNode request = chat(model, messages, column.maxTokens());
        if (isFreeText(column)) {
            // One paragraph: a small model goes on for ever.
            request.putArray("stop").add("\n\n");
        } else {
            structured(request, column.name(), schema(column));
        }
        return request;
    }

    static boolean isFreeText(OutputColumn column) {
        return column.type().equals("STRING") && column.oneOf().isEmpty();
    }

    /** Asks for {@code {"verdict": "ok"}} or {@code "revise"}. */
    static ObjectNode verdict(String model, List<Prompt.Message> messages) {
        ObjectNode request = chat(model, messages, VERDICT_TOKENS);
        ObjectNode schema = Work.JSON.createObjectNode().put("type", "string");
        schema.putArray("enum").add("ok").add("revise");
        structured(request, "verdict", schema);
        return request;
    }

    /** @param input what the arguments that look like something are taken from */
    static ObjectNode tools(String model, List<Map<String, Object>> messages, List<Tool> tools, String input) {
        ObjectNode request = Work.JSON.createObjectNode();
        request.put("model", model);
        request.set("messages", Work.JSON.valueToTree(messages));
        request.put("temperature", 0);
        request.put("max_tokens", TOOL_TOKENS);
        ArrayNode list = request.putArray("tools");
        tools.forEach(tool -> describe(tool, input, list.addObject()));
        request.put("tool_choice", "auto");
        return request;
    }

    static ObjectNode embeddings(String model, List<String> texts) {
        ObjectNode request = Work.JSON.createObjectNode();
        request.put("model", model);
        ArrayNode input = request.putArray("input");
        texts.forEach(input::add);
        return request;
    }

    private static ObjectNode chat(String model, List<Prompt.Message> messages, int maxTokens) {
        ObjectNode request = Work.JSON.createObjectNode();
        request.put("model", model);
        ArrayNode list = request.putArray("messages");
        messages.forEach(message -> list.addObject().put("role", message.role()).put("content", message.text()));
        request.put("temperature", 0);
        request.put("max_tokens", maxTokens);
        return request;
    }

    private static void structured(ObjectNode request, String property, ObjectNode schema) {
        ObjectNode format = request.putObject("response_format").put("type", "json_schema");
        ObjectNode object = format.putObject("json_schema")
                .put("name", property)
                .put("strict", true)
                .putObject("schema")
                .put("type", "object")
                .put("additionalProperties", false);
        object.putObject("properties").set(property, schema);
        object.putArray("required").add(property);
    }

    private static ObjectNode schema(OutputColumn column) {
        ObjectNode schema = Work.JSON.createObjectNode().put("type", jsonType(column.type()));
        if (!column.oneOf().isEmpty()) {
            ArrayNode values = schema.putArray("enum");
            column.oneOf().forEach(values::add);
        }
        if (column.min() != null) {
            schema.put("minimum", column.min());
        }
        if (column.max() != null) {
            schema.put("maximum", column.max());
        }
        return schema;
    }

    private static void describe(Tool tool, String input, ObjectNode entry) {
        ObjectNode function = entry.put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        ObjectNode properties = parameters.putObject("properties");
        ArrayNode required = parameters.putArray("required");
        for (Tool.Argument argument : tool.open()) {
            ObjectNode property = properties
                    .putObject(argument.name())
                    .put("type", jsonType(argument.type()))
                    .put("description", argument.description());
            if (argument.like() != null) {
                ArrayNode values = property.putArray("enum");
                Matches.of(argument.like(), input).forEach(value -> add(values, argument.type(), value));
            }
            required.add(argument.name());
        }
        parameters.put("additionalProperties", false);
    }

    private static void add(ArrayNode values, String type, String value) {
        switch (jsonType(type)) {
            case "integer", "number" -> values.add(new BigDecimal(value));
            default -> values.add(value);
        }
    }

    private static String jsonType(String sqlType) {
        return switch (sqlType) {
            case "INT", "BIGINT" -> "integer";
            case "DOUBLE", "DECIMAL" -> "number";
            case "BOOLEAN" -> "boolean";
            default -> "string";
        };
    }
}
