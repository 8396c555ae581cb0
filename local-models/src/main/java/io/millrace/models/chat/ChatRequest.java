package io.millrace.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.models.tool.Tool;
import io.millrace.models.tool.ToolChoice;
import java.util.List;
import java.util.Optional;

/**
 * A request for an answer to a conversation.
 *
 * @param messages at least one that is no system message
 * @param maxTokens of the answer; empty for as many as the context holds
 * @param stop texts before which the answer ends
 * @param schema what the answer has to be, as a JSON schema; empty for free text
 */
public record ChatRequest(
        List<Message> messages,
        Sampling sampling,
        Optional<Integer> maxTokens,
        List<String> stop,
        Optional<JsonNode> schema,
        List<Tool> tools,
        ToolChoice choice,
        boolean stream,
        boolean includeUsage) {
    public ChatRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
        tools = List.copyOf(tools);
    }

    /** What the user said last, or nothing. */
    String lastUserText() {
        return messages.stream()
                .filter(message -> message.role() == Message.Role.USER)
                .reduce((first, second) -> second)
                .map(Message::text)
                .orElse("");
    }

    /** Whether answers stand among the messages that show what is wanted. */
    boolean hasExamples() {
        return messages.stream()
                .anyMatch(message -> message.role() == Message.Role.ASSISTANT
                        && message.calls().isEmpty());
    }

    /** What the last tool gave. */
    String lastResult() {
        return messages.get(messages.size() - 1).text();
    }

    /** Whether the last thing said is a tool's result. */
    boolean endsWithResult() {
        return messages.get(messages.size() - 1).role() == Message.Role.TOOL;
    }
}
