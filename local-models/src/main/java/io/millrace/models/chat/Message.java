package io.millrace.models.chat;

import java.util.List;

/**
 * One message of a conversation.
 *
 * @param calls tools an assistant called; empty for the other roles
 */
public record Message(Role role, String text, List<ToolCall> calls) {
    public Message {
        calls = List.copyOf(calls);
    }

    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    /** @param arguments a JSON object as text */
    public record ToolCall(String name, String arguments) {}
}
