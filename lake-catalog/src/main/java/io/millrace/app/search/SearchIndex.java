package io.millrace.app.search;

import java.io.Serializable;
import java.util.List;

/**
 * Rows of a lake table that can be searched.
 *
 * @param name as requests name it
 * @param table lake table, {@code DATABASE.TABLE}
 * @param key column that says which row was found; of rows with the same key the last one written counts
 * @param title column that is shown as the heading and counts more than the text
 * @param text columns that are searched, one after the other
 * @param filters columns by whose values a search can be narrowed
 */
public record SearchIndex(String name, String table, String key, String title, List<String> text, List<String> filters)
        implements Serializable {
    /** Database and name of the table that holds what is searched: texts in chunks, with their embeddings. */
    public static final String CHUNKS = "ai.chunks";

    public SearchIndex {
        text = List.copyOf(text);
        filters = List.copyOf(filters);
    }
}
