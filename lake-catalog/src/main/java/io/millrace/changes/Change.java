package io.millrace.changes;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a table. Values are as Java has them: whole numbers, {@code BigDecimal}, {@code String}, {@code Boolean},
 * {@code Instant}, {@code LocalDateTime}, {@code LocalDate}, {@code LocalTime}, {@code byte[]}, lists and maps of these, null.
 *
 * @param place by which readers go on after it
 * @param origin the same as it is shown: of the hot store the offset and the bucket, of the lake the snapshot
 * @param time when the store took it
 * @param key columns of the primary key; null without one
 * @param row as it is since; null for a delete
 * @param before as it was; null for inserts and appends, and where the changelog does not have it
 */
public record Change(
        Kind kind,
        Place place,
        Map<String, Long> origin,
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
