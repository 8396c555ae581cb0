package io.millrace.models.chat;

import java.util.Optional;

/**
 * The answer to a conversation.
 *
 * @param text empty when a tool is called
 */
record Answer(String text, Optional<Message.ToolCall> call, Finish finish, Usage usage) {
    /** Why the answer ends. */
    enum Finish {
        STOP,
        LENGTH,
        TOOL_CALLS
    }

    /** Tokens read and written. */
    record Usage(int promptTokens, int completionTokens) {
        int totalTokens() {
            return promptTokens + completionTokens;
        }
    }
}
