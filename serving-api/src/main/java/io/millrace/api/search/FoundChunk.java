package io.millrace.api.search;

import java.util.Map;

/**
 * The chunk of a row that fits best.
 *
 * @param chunk counts from 0 in each row
 */
public record FoundChunk(Row row, int chunk, String title, String text, Map<String, String> filters) {}
