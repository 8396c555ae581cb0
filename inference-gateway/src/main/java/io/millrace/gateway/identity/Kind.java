package io.millrace.gateway.identity;

import java.util.Locale;

/** What a model is asked for. */
public enum Kind {
    CHAT("/chat/completions"),
    EMBEDDINGS("/embeddings"),
    TRANSCRIPTION("/audio/transcriptions");

    private final String path;

    Kind(String path) {
        this.path = path;
    }

    /** Where it is asked for, below the API's base. */
    public String path() {
        return path;
    }

    /** As the ledger has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
