package io.millrace.reader.document;

import java.util.Locale;

/** Whether text stood in the file or was recognised in a picture. */
public enum TextFrom {
    TEXT,
    OCR;

    /** As the lake has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
