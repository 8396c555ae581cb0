package io.millrace.api.changes;

/**
 * How feeds of changes are served.
 *
 * @param clients at most, of all tables together
 * @param bufferBytes recent changes that are kept for each table that is followed
 * @param catchUps clients that read from the store at the same time because they are further behind than that
 */
public record ChangeSettings(int clients, int heartbeatSeconds, long bufferBytes, int catchUps) {}
