package io.millrace.api.changes;

import io.millrace.changes.Position;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The last changes of a table, from which every client that is not far behind is served. For many threads at a time. */
final class RecentChanges {
    private static final int ROWS = 1 << 14;
    private static final int PARTS = 4;

    private final @Nullable ChangeEvent[] events = new ChangeEvent[ROWS];
    private final long maxBytes;

    /** Numbers of the oldest event that is kept and of the one to come. */
    private long oldest;

    private long next;
    private long bytes;

    /** From here on no change is missing. */
    private Position begin;

    /** So far the table has been read. */
    private Position end;

    RecentChanges(Position begin, long maxBytes) {
        this.maxBytes = maxBytes;
        this.begin = begin;
        this.end = begin;
    }

    /** The number of the oldest event that is kept when these are added. */
    synchronized long oldestWith(List<ChangeEvent> changes) {
        long more = changes.stream().mapToLong(change -> change.text().length).sum();
        long kept = oldest;
        while (kept < next && (next - kept + changes.size() > ROWS || bytes + more > maxBytes)) {
            more -= event(kept++).text().length;
        }
        return kept;
    }

    /**
     * These in parts, each so small that a client which has taken the part before is not overrun by the next.
     */
    List<List<ChangeEvent>> parts(List<ChangeEvent> changes) {
        List<List<ChangeEvent>> parts = new ArrayList<>();
        int begin = 0;
        long partBytes = 0;
        for (int i = 0; i < changes.size(); i++) {
            partBytes += changes.get(i).text().length;
            if (partBytes > maxBytes / PARTS || i + 1 - begin == ROWS / PARTS || i + 1 == changes.size()) {
                parts.add(changes.subList(begin, i + 1));
                begin = i + 1;
                partBytes = 0;
            }
        }
        return parts;
    }

    synchronized void add(List<ChangeEvent> changes) {
        for (ChangeEvent change : changes) {
            while (oldest < next && (next - oldest == ROWS || bytes + change.text().length > maxBytes)) {
                drop();
            }
            events[slot(next++)] = change;
            bytes += change.text().length;
            end = end.after(change.place());
        }
    }

    /** So far the table has been read, what holds no change included. */
    synchronized void reach(Position position) {
        end = position;
    }

    private void drop() {
        ChangeEvent dropped = event(oldest);
        events[slot(oldest++)] = null;
        bytes -= dropped.text().length;
        begin = begin.after(dropped.place());
    }

    /** The number of the first event that a client at this position has not seen; empty when some are missing. */
    synchronized OptionalLong find(Position position) {
        if (!position.reaches(begin)) {
            return OptionalLong.empty();
        }
        long number = oldest;
        while (number < next && position.has(event(number).place())) {
            number++;
        }
        return OptionalLong.of(number);
    }

    /**
     * What a client at this position has not seen, as it is sent, empty when it has seen everything; null when some of it is no
     * longer kept.
     *
     * @param number of the first event to look at
     * @param atMost bytes, but for the last event
     */
    synchronized @Nullable Part read(long number, Position position, int atMost) {
        if (number < oldest) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Position at = position;
        long reached = number;
        while (reached < next && text.size() < atMost) {
            ChangeEvent event = event(reached++);
            if (!at.has(event.place())) {
                at = at.after(event.place());
                text.writeBytes(ChangeEvent.id(at));
                text.writeBytes(event.text());
            }
        }
        return new Part(text.toByteArray(), reached, reached == next ? at.furthest(end) : at);
    }

    /**
     * @param number of the event to go on with
     * @param position after the text
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(byte[] text, long number, Position position) {}

    private ChangeEvent event(long number) {
        return Objects.requireNonNull(events[slot(number)]);
    }

    private static int slot(long number) {
        return (int) (number & (ROWS - 1));
    }
}
