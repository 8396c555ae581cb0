package io.millrace.models.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Answers in OpenAI's shapes.
 *
 * @param id of the answer, the same in all its chunks
 * @param created seconds since 1970
 * @param fingerprint the model's revision
 */
record ChatDocuments(String id, long created, String fingerprint) {
    ObjectNode completion(Answer answer) {
        ObjectNode message = object().put("role", "assistant");
        if (answer.call().isPresent()) {
            message.putNull("content");
            message.putArray("tool_calls").add(call(answer.call().get()));
        } else {
            message.put("content", answer.text());
        }
        ObjectNode document = document("chat.completion");
        document.putArray("choices")
                .addObject()
                .put("index", 0)
                .putNull("logprobs")
                .put("finish_reason", finish(answer))
                .set("message", message);
        document.set("usage", usage(answer.usage()));
        return document;
    }

    ObjectNode role() {
        return chunk(object().put("role", "assistant").put("content", ""));
    }

    ObjectNode text(String piece) {
        return chunk(object().put("content", piece));
    }

    ObjectNode toolCall(Message.ToolCall call) {
        ObjectNode delta = object();
        delta.putArray("tool_calls").add(call(call).put("index", 0));
        return chunk(delta);
    }

    ObjectNode end(Answer answer) {
        ObjectNode document = chunk(object());
        ((ObjectNode) document.at("/choices/0")).put("finish_reason", finish(answer));
        return document;
    }

    ObjectNode usageChunk(Answer answer) {
        ObjectNode document = document("chat.completion.chunk");
        document.putArray("choices");
        document.set("usage", usage(answer.usage()));
        return document;
    }

    private ObjectNode chunk(ObjectNode delta) {
        ObjectNode document = document("chat.completion.chunk");
        document.putArray("choices")
                .addObject()
                .put("index", 0)
                .putNull("finish_reason")
                .set("delta", delta);
        return document;
    }

    private ObjectNode document(String kind) {
        return object().put("id", id)
                .put("object", kind)
                .put("created", created)
                .put("model", Chat.ID)
                .put("system_fingerprint", fingerprint);
    }

    private ObjectNode call(Message.ToolCall call) {
        ObjectNode document =
                object().put("id", id.replace("chatcmpl-", "call_")).put("type", "function");
        document.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        return document;
    }

    private static ObjectNode usage(Answer.Usage usage) {
        return object().put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens());
    }

    private static String finish(Answer answer) {
        return answer.finish().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
