package io.millrace.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.models.api.ApiException;
import io.millrace.models.api.Body;
import io.millrace.models.tool.Tool;
import io.millrace.models.tool.ToolChoice;
import io.millrace.models.tool.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the body of a chat request; fields it does not know it passes over, as OpenAI's clients send many. */
final class ChatRequestReader {
    private ChatRequestReader() {}

    static ChatRequest read(Body body) {
        if (body.count("n").orElse(1) != 1) {
            throw Body.wrong("n", body.json().get("n"), "1, the only number of answers there is");
        }
        List<Tool> tools = tools(body);
        return new ChatRequest(
                messages(body),
                sampling(body),
                body.count("max_completion_tokens").or(() -> body.count("max_tokens")),
                stop(body),
                schema(body),
                tools,
                choice(body, tools),
                body.flag("stream"),
                body.get("stream_options")
                        .map(options -> new Body(options).flag("include_usage"))
                        .orElse(false));
    }

    private static List<Message> messages(Body body) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode node : body.list("messages")) {
            if (!node.isObject()) {
                throw Body.wrong("messages", node, "objects with role and content");
            }
            Body message = new Body(node);
            Message.Role role =
                    switch (message.text("role", "")) {
                        case "system", "developer" -> Message.Role.SYSTEM;
                        case "user" -> Message.Role.USER;
                        case "assistant" -> Message.Role.ASSISTANT;
                        case "tool" -> Message.Role.TOOL;
                        default ->
                            throw Body.wrong("role", node.path("role"), "system, developer, user, assistant or tool");
                    };
            messages.add(new Message(role, content(message), calls(message)));
        }
        if (messages.stream().allMatch(message -> message.role() == Message.Role.SYSTEM)) {
            throw ApiException.invalid("'messages' holds nothing to answer: give at least one user message");
        }
        return messages;
    }

    private static String content(Body message) {
        JsonNode content = message.get("content").orElse(JsonNodeFactory.instance.textNode(""));
        if (content.isTextual()) {
            return content.asText();
        }
        if (!content.isArray()) {
            throw Body.wrong("content", content, "a string or a list of text parts");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : content) {
            if (!part.path("type").asText().equals("text") || !part.path("text").isTextual()) {
                throw Body.wrong("content", part, "only parts of type text");
            }
            parts.add(part.get("text").asText());
        }
        return String.join("\n", parts);
    }

    private static List<Message.ToolCall> calls(Body message) {
        List<Message.ToolCall> calls = new ArrayList<>();
        for (JsonNode call : message.list("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(new Message.ToolCall(
                    function.path("name").asText(), function.path("arguments").asText()));
        }
        return calls;
    }

    private static Sampling sampling(Body body) {
        Map<Integer, Float> bias = new HashMap<>();
        body.get("logit_bias").ifPresent(given -> {
            for (var entry : given.properties()) {
                double value = entry.getValue().asDouble(Double.NaN);
                if (!entry.getKey().matches("\\d{1,6}") || !(Math.abs(value) <= 100)) {
                    throw Body.wrong("logit_bias", given, "token numbers with a bias from -100 to 100 each");
                }
                bias.put(Integer.valueOf(entry.getKey()), (float) value);
            }
        });
        return new Sampling(
                body.number("temperature", 0, 0, 2),
                body.number("top_p", 1, 0, 1),
                body.get("seed")
                        .map(seed -> OptionalInt.of((int) (seed.asLong() & Integer.MAX_VALUE)))
                        .orElse(OptionalInt.empty()),
                bias);
    }

    private static List<String> stop(Body body) {
        JsonNode stop = body.get("stop").orElse(JsonNodeFactory.instance.arrayNode());
        List<String> texts = new ArrayList<>();
        for (JsonNode text : stop.isTextual() ? List.of(stop) : stop) {
            if (!text.isTextual() || text.asText().isEmpty() || texts.size() == 16) {
                throw Body.wrong("stop", stop, "a text or up to 16 of them, none empty");
            }
            texts.add(text.asText());
        }
        return texts;
    }

    private static Optional<JsonNode> schema(Body body) {
        Optional<JsonNode> format = body.get("response_format");
        if (format.isEmpty()) {
            return Optional.empty();
        }
        String type = format.get().path("type").asText();
        return switch (type) {
            case "text" -> Optional.empty();
            case "json_object" ->
                Optional.of(JsonNodeFactory.instance.objectNode().put("type", "object"));
            case "json_schema" -> {
                JsonNode schema = format.get().at("/json_schema/schema");
                if (schema.isMissingNode()) {
                    throw Body.wrong("response_format", format.get(), "the schema in json_schema.schema");
                }
                yield Optional.of(schema);
            }
            default -> throw Body.wrong("response_format", format.get(), "type text, json_object or json_schema");
        };
    }

    private static List<Tool> tools(Body body) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode node : body.list("tools")) {
            JsonNode function = node.path("function");
            if (!function.path("name").isTextual()) {
                throw Body.wrong("tools", node, "type function, with a function that has a name");
            }
            JsonNode parameters = function.path("parameters");
            tools.add(new Tool(
                    function.get("name").asText(),
                    function.path("description").asText(),
                    parameters.isObject() && !parameters.isEmpty()
                            ? parameters
                            : JsonNodeFactory.instance
                                    .objectNode()
                                    .put("type", "object")
                                    .put("additionalProperties", false)));
        }
        return tools;
    }

    private static ToolChoice choice(Body body, List<Tool> tools) {
        JsonNode choice = body.get("tool_choice").orElse(JsonNodeFactory.instance.textNode("auto"));
        if (choice.isObject() && choice.at("/function/name").isTextual()) {
            return new ToolChoice(Mode.NAMED, choice.at("/function/name").asText());
        }
        Mode mode =
                switch (choice.asText()) {
                    case "none" -> Mode.NONE;
                    case "auto" -> Mode.AUTO;
                    case "required" -> Mode.REQUIRED;
                    default ->
                        throw Body.wrong(
                                "tool_choice", choice, "none, auto, required or an object that names a function");
                };
        if (mode == Mode.REQUIRED && tools.isEmpty()) {
            throw ApiException.invalid("'tool_choice' is required and there are no tools: give some");
        }
        return new ToolChoice(mode, "");
    }
}
