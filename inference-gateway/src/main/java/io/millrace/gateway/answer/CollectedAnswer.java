package io.millrace.gateway.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the chunks of a streamed chat answer together to the document the same call without streaming has. */
public final class CollectedAnswer {
    /** Fields of a delta that come in pieces; all others come whole. */
    private static final Set<String> PIECES =
            Set.of("content", "refusal", "arguments", "reasoning_content", "reasoning");

    private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
    private final Map<Integer, ObjectNode> choices = new TreeMap<>();

    public void add(ObjectNode chunk) {
        chunk.properties().forEach(field -> {
            switch (field.getKey()) {
                case "object" -> answer.put("object", "chat.completion");
                case "choices" -> field.getValue().forEach(this::addChoice);
                default -> {
                    if (!field.getValue().isNull()) {
                        answer.set(field.getKey(), field.getValue());
                    }
                }
            }
        });
    }

    /** Whether every choice has told why it ended. */
    public boolean isFinished() {
        return choices.values().stream().allMatch(choice -> choice.hasNonNull("finish_reason"));
    }

    public ObjectNode document() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        choices.values().forEach(all::add);
        ObjectNode document = answer.deepCopy();
        document.set("choices", all);
        return document;
    }

    private void addChoice(JsonNode piece) {
        ObjectNode choice = choices.computeIfAbsent(piece.path("index").asInt(), index -> {
            ObjectNode made = JsonNodeFactory.instance.objectNode().put("index", index);
            made.putObject("message").put("role", "assistant").putNull("content");
            return made.putNull("finish_reason");
        });
        piece.properties().forEach(field -> {
            switch (field.getKey()) {
                case "index" -> {}
                case "delta" -> merge((ObjectNode) choice.get("message"), field.getValue());
                case "logprobs" -> addLogprobs(choice, field.getValue());
                default -> {
                    if (!field.getValue().isNull()) {
                        choice.set(field.getKey(), field.getValue());
                    }
                }
            }
        });
    }

    private static void merge(ObjectNode whole, JsonNode delta) {
        delta.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.isNull()) {
                return;
            }
            if (name.equals("tool_calls")) {
                value.forEach(call -> mergeToolCall(whole.withArray("tool_calls"), call));
            } else if (PIECES.contains(name) && value.isTextual()) {
                whole.put(name, whole.path(name).asText("") + value.asText());
            } else if (value.isObject() && whole.path(name) instanceof ObjectNode present) {
                merge(present, value);
            } else {
                whole.set(name, value.deepCopy());
            }
        });
    }

    private static void mergeToolCall(ArrayNode calls, JsonNode piece) {
        int index = Math.min(piece.path("index").asInt(calls.size()), calls.size());
        ObjectNode call = index < calls.size() ? (ObjectNode) calls.get(index) : calls.addObject();
        ObjectNode unnumbered = ((ObjectNode) piece).deepCopy();
        unnumbered.remove("index");
        merge(call, unnumbered);
    }

    private static void addLogprobs(ObjectNode choice, JsonNode logprobs) {
        logprobs.properties().forEach(field -> {
            if (field.getValue().isArray()) {
                choice.withObject("/logprobs").withArray(field.getKey()).addAll((ArrayNode) field.getValue());
            }
        });
    }
}
