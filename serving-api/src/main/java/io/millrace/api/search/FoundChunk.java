package io.millrace.api.search;

import java.util.Map;

/**
 * The chunk of a row that fits best.
 *
 * @param index the search index the row is of
 * @param key the row's key
 * @param chunk counts from 0 in each row
 */
public record FoundChunk(String index, String key, int chunk, String title, String text, Map<String, String> filters) {
    /** The row, in whatever chunk it was found. */
    public Row row() {
        return new Row(index, key);
    }

    /** A row of the lake. */
    public record Row(String index, String key) {}
}
