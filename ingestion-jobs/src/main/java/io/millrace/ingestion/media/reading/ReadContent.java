package io.millrace.ingestion.media.reading;

/**
 * A content and what was read in it.
 *
 * @param document JSON, as the document reader answers
 */
public record ReadContent(StoredContent content, String document) {}
