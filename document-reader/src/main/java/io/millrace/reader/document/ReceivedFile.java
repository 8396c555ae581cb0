package io.millrace.reader.document;

import java.nio.file.Path;

/**
 * A file as it was sent.
 *
 * @param sizeBytes all of it, also when {@code path} has only the beginning
 */
public record ReceivedFile(Path path, long sizeBytes) {}
