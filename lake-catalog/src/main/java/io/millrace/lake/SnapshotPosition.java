package io.millrace.lake;

import io.millrace.changes.Place;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of a lake table's changes stands: in that snapshot, of which it has seen so many changes. As text it is
 * {@code TABLE/SNAPSHOT:CHANGES}, TABLE being when the table was made, in milliseconds.
 */
record SnapshotPosition(long table, long snapshot, long changes) implements Position {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})/(\\d{1,18}):(\\d{1,18})");

    /** @throws PositionException when it is none */
    static SnapshotPosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw PositionException.wrong(text, "it is no id of a change");
        }
        return new SnapshotPosition(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    @Override
    public boolean has(Place place) {
        return place.part() < snapshot || place.part() == snapshot && place.number() < changes;
    }

    @Override
    public SnapshotPosition after(Place place) {
        return new SnapshotPosition(table, place.part(), place.number() + 1);
    }

    /** Before all changes of that snapshot. */
    SnapshotPosition at(long other) {
        return new SnapshotPosition(table, other, 0);
    }

    @Override
    public boolean reaches(Position other) {
        SnapshotPosition position = (SnapshotPosition) other;
        return snapshot > position.snapshot || snapshot == position.snapshot && changes >= position.changes;
    }

    @Override
    public Position furthest(Position other) {
        return reaches(other) ? this : other;
    }

    @Override
    public String toString() {
        return table + "/" + snapshot + ":" + changes;
    }
}
