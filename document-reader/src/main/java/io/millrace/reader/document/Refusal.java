package io.millrace.reader.document;

import java.io.IOException;

/** A file that is not read, or not further; the message is the reason its owner reads. */
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    public Refusal(String reason) {
        super(reason);
    }
}
