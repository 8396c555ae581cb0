package io.millrace.reader.document;

/** A small picture, encoded. */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(String mimeType, int width, int height, byte[] bytes) {}
