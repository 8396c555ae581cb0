package io.millrace.hot;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a hot table; values are as {@link HotTable#row} has them.
 *
 * @param offset of an update the one of its new row; {@code offset + 1} is where its bucket goes on
 * @param time when the hot store took it
 * @param key columns of the primary key; null without one
 * @param row as it is since; null for a delete
 * @param before as it was; null for inserts and appends, and for updates of a table whose changelog does not have it
 */
public record Change(
        Kind kind,
        int bucket,
        long offset,
        Instant time,
        @Nullable Map<String, @Nullable Object> key,
        @Nullable Map<String, @Nullable Object> row,
        @Nullable Map<String, @Nullable Object> before) {
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        APPEND
    }
}
