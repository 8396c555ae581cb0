package io.millrace.models.chat;

/**
 * A conversation as the model reads it.
 *
 * @param opening all but the last message, empty when there is only that; requests of one kind share it, and the model keeps what it computed for it
 * @param rest the last message and the start of the answer
 */
record Prompt(String opening, String rest) {
    String text() {
        return opening + rest;
    }
}
