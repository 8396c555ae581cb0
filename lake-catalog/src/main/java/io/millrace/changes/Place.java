package io.millrace.changes;

/**
 * Where a change stands in its table's changelog.
 *
 * @param part what is read in order: a bucket of the hot store, a snapshot of the lake
 * @param number of the change in that part
 */
public record Place(long part, long number) {}
