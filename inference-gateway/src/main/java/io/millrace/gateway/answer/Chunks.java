package io.millrace.gateway.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole chat answer as the chunks a streaming caller gets. */
public final class Chunks {
    /** What ends a stream. */
    public static final String DONE = "[DONE]";

    private static final int PIECE_LENGTH = 64;

    private Chunks() {}

    /** @param withUsage whether the caller asked for the chunk with the usage */
    public static List<String> of(ObjectNode answer, boolean withUsage) {
        ObjectNode frame = answer.deepCopy();
        JsonNode usage = frame.remove("usage");
        frame.remove("choices");
        frame.put("object", "chat.completion.chunk");
        List<String> chunks = new ArrayList<>();
        for (JsonNode choice : answer.path("choices")) {
            int index = choice.path("index").asInt();
            ObjectNode first = choice.path("message") instanceof ObjectNode message
                    ? message.deepCopy()
                    : JsonNodeFactory.instance.objectNode();
            String content = first.path("content").asText("");
            if (!content.isEmpty()) {
                first.put("content", "");
            }
            for (int call = 0; call < first.path("tool_calls").size(); call++) {
                ((ObjectNode) first.path("tool_calls").get(call)).put("index", call);
            }
            chunks.add(chunk(frame, index, first, null));
            for (String piece : pieces(content)) {
                chunks.add(chunk(
                        frame, index, JsonNodeFactory.instance.objectNode().put("content", piece), null));
            }
            ObjectNode nothing = JsonNodeFactory.instance.objectNode();
            chunks.add(chunk(frame, index, nothing, choice.path("finish_reason").asText("stop")));
        }
        if (withUsage && usage != null) {
            ObjectNode last = frame.deepCopy();
            last.putArray("choices");
            last.set("usage", usage);
            chunks.add(last.toString());
        }
        return chunks;
    }

    private static String chunk(ObjectNode frame, int index, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = frame.deepCopy();
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", index);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return chunk.toString();
    }

    private static List<String> pieces(String content) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < content.length(); ) {
            int to = Math.min(from + PIECE_LENGTH, content.length());
            // Both halves of a character outside the basic plane stay together.
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to--;
            }
            pieces.add(content.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
