package io.millrace.reader.document;

import java.util.Locale;

/** What became of a file: read, waiting for something else to read it, or refused for a reason. */
public enum Status {
    READ,
    PENDING,
    REFUSED;

    /** As the lake has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
