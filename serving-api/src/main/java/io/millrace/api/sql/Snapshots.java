package io.millrace.api.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a query read.
 *
 * @param tables each table with the id of its snapshot
 * @param freshUntil when the oldest of these was committed, an ISO 8601 instant: what had reached the lake by then was
 *     read. Null when none of the tables has a snapshot
 */
public record Snapshots(String tables, @Nullable String freshUntil) {}
