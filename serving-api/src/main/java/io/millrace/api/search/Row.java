package io.millrace.api.search;

/**
 * A row of the lake, in whatever chunk it was found.
 *
 * @param index the search index it is of
 * @param key its key as text
 */
public record Row(String index, String key) {}
