package io.millrace.lake;

import io.millrace.changes.StoreException;

/** The lake refuses or cannot do something; the message names the table and the fix. */
public final class LakeException extends StoreException {
    private static final long serialVersionUID = 1L;

    public LakeException(String message) {
        super(message);
    }

    public LakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
