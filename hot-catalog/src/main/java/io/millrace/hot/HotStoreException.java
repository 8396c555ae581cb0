package io.millrace.hot;

import io.millrace.changes.StoreException;

/** Something about the hot store or its tables is wrong; the message names it and the fix. */
public final class HotStoreException extends StoreException {
    public HotStoreException(String message) {
        super(message);
    }

    public HotStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
