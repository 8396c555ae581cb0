package io.millrace.ingestion.media.reading;

/**
 * A content of the lake.
 *
 * @param descriptor where its bytes are, as Paimon writes it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredContent(String mediaId, long sizeBytes, byte[] descriptor) {}
