package io.millrace.service;

/** A setting is missing, unknown or of the wrong type; the message names the key, where it stands and the fix. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
