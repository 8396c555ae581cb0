package io.millrace.ingestion.doris;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row as Doris gets it. */
final class EncodedRow {
    private final List<String> key;
    private final @Nullable Comparable<Object> sequence;
    private final byte[] json;

    /**
     * @param key values of its key columns as text; empty for a table without key
     * @param sequence by which of two rows with one key stays, or null for the later one
     * @param json a JSON object in UTF-8
     */
    EncodedRow(List<String> key, @Nullable Comparable<Object> sequence, byte[] json) {
        this.key = key;
        this.sequence = sequence;
        this.json = json;
    }

    List<String> key() {
        return key;
    }

    byte[] json() {
        return json;
    }

    /** Whether this one stays when both have the same key; it came after the other. */
    boolean replaces(EncodedRow earlier) {
        return sequence == null || earlier.sequence == null || sequence.compareTo(earlier.sequence) >= 0;
    }
}
