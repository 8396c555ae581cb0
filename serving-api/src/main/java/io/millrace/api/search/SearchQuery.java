package io.millrace.api.search;

import io.millrace.app.search.SearchIndex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for, checked.
 *
 * @param text what the caller typed
 * @param words whether to find by words
 * @param vector the text's embedding; null for not finding by meaning
 * @param indexes where, at least one
 * @param filters by column the values of which a row must have one
 * @param limit how many rows to find
 */
public record SearchQuery(
        String text,
        boolean words,
        @Nullable QueryVector vector,
        List<SearchIndex> indexes,
        Map<String, List<String>> filters,
        int limit) {}
