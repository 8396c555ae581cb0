package io.millrace.reader.document;

/**
 * How much of a file is read.
 *
 * @param pages of a PDF
 * @param ocrPages of a PDF that are recognised
 * @param textCharacters that are kept
 * @param pixels of a picture; one with more is refused
 */
public record Limits(int pages, int ocrPages, int textCharacters, long pixels) {}
