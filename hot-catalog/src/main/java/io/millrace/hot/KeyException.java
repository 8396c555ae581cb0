package io.millrace.hot;

/** What was given is no key of the table; the message names the table, the value and what a key is. */
public final class KeyException extends IllegalArgumentException {
    KeyException(String message) {
        super(message);
    }
}
