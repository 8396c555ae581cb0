package io.millrace.gateway.provider;

import java.nio.file.Path;

/**
 * A recording on its way to a provider.
 *
 * @param file where its bytes are until the call has ended
 * @param sha256 of the bytes, in hex
 * @param ending the file name's, by which providers know the format, or ""
 */
public record Audio(Path file, String sha256, long sizeBytes, String ending) {}
