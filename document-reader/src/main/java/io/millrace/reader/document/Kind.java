package io.millrace.reader.document;

import java.util.Locale;

/** What a file is, roughly. */
public enum Kind {
    IMAGE,
    PDF,
    TEXT,
    MAIL,
    AUDIO,
    OTHER;

    /** As the lake has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
