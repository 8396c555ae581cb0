package io.millrace.api.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rows are found. */
public enum Mode {
    /** By words and by meaning, the two fused. */
    HYBRID,
    /** By words. */
    TEXT,
    /** By meaning: the nearest embeddings. */
    VECTOR;

    static List<String> words() {
        return Arrays.stream(values()).map(Mode::word).toList();
    }

    static Optional<Mode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }

    /** As requests say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
