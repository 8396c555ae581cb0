package io.millrace.sql.lake;

/**
 * What a table looks like at one moment; equal versions hold equal rows.
 *
 * @param snapshotId 0 when the table has no snapshot
 * @param commitMillis when the snapshot was committed; tells a table from one dropped and made again
 */
public record Version(long schemaId, long snapshotId, long commitMillis) {}
