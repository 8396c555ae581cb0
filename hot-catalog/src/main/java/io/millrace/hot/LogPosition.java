package io.millrace.hot;

import io.millrace.changes.Place;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Where a reader of a table's changelog stands: for each bucket the offset of the first change it has not seen. As text
 * it is {@code TABLE/BUCKET:OFFSET,BUCKET:OFFSET}, TABLE being the table's number in the hot store.
 */
final class LogPosition implements Position {
    private static final Pattern TEXT = Pattern.compile("\\d{1,18}/\\d{1,9}:\\d{1,18}(,\\d{1,9}:\\d{1,18})*");

    private final long table;
    private final long[] offsets;

    private LogPosition(long table, long[] offsets) {
        this.table = table;
        this.offsets = offsets;
    }

    static LogPosition of(long table, long[] offsets) {
        return new LogPosition(table, offsets.clone());
    }

    /** @throws PositionException when it is none */
    static LogPosition parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw PositionException.wrong(text, "it is no id of a change");
        }
        int slash = text.indexOf('/');
        String[] buckets = text.substring(slash + 1).split(",");
        long[] offsets = new long[buckets.length];
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            int colon = buckets[bucket].indexOf(':');
            if (Integer.parseInt(buckets[bucket].substring(0, colon)) != bucket) {
                throw PositionException.wrong(text, "its buckets are not 0, 1 and so on");
            }
            offsets[bucket] = Long.parseLong(buckets[bucket].substring(colon + 1));
        }
        return new LogPosition(Long.parseLong(text.substring(0, slash)), offsets);
    }

    long table() {
        return table;
    }

    int buckets() {
        return offsets.length;
    }

    long offset(int bucket) {
        return offsets[bucket];
    }

    /** This with another offset of a bucket. */
    LogPosition with(int bucket, long offset) {
        long[] changed = offsets.clone();
        changed[bucket] = offset;
        return new LogPosition(table, changed);
    }

    @Override
    public boolean has(Place place) {
        return place.number() < offsets[(int) place.part()];
    }

    @Override
    public LogPosition after(Place place) {
        return with((int) place.part(), place.number() + 1);
    }

    /** In every bucket as far as the other or further. */
    @Override
    public boolean reaches(Position other) {
        long[] others = ((LogPosition) other).offsets;
        for (int bucket = 0; bucket < offsets.length; bucket++) {
            if (offsets[bucket] < others[bucket]) {
                return false;
            }
        }
        return true;
    }

    /** Offsets from here to the other, which is further in every bucket, in all buckets together. */
    long distance(LogPosition other) {
        long distance = 0;
        for (int bucket = 0; bucket < offsets.length; bucket++) {
            distance += other.offsets[bucket] - offsets[bucket];
        }
        return distance;
    }

    /** So many offsets back in every bucket. */
    LogPosition back(long count) {
        return new LogPosition(
                table,
                Arrays.stream(offsets)
                        .map(offset -> Math.max(0, offset - count))
                        .toArray());
    }

    /** @throws PositionException when it lies before what the log still has */
    void requireFrom(LogPosition earliest) {
        if (!reaches(earliest)) {
            throw PositionException.expired(this, earliest, "table.log.ttl");
        }
    }

    /** In every bucket the further one of both. */
    @Override
    public LogPosition furthest(Position other) {
        if (reaches(other)) {
            return this;
        }
        long[] others = ((LogPosition) other).offsets;
        long[] furthest = offsets.clone();
        for (int bucket = 0; bucket < furthest.length; bucket++) {
            furthest[bucket] = Math.max(furthest[bucket], others[bucket]);
        }
        return new LogPosition(table, furthest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogPosition position
                && position.table == table
                && Arrays.equals(position.offsets, offsets);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(table) * 31 + Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",", table + "/", "");
        for (int bucket = 0; bucket < offsets.length; bucket++) {
            text.add(bucket + ":" + offsets[bucket]);
        }
        return text.toString();
    }
}
