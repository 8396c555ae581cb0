package io.millrace.changes;

import java.time.Duration;
import java.util.List;

/** Reads a changelog forwards. For one thread at a time. */
public interface ChangeReader extends AutoCloseable {
    /**
     * The next changes, none when none come in time; so few at a time that they fit in a small memory.
     *
     * @throws PositionException when they are no longer kept
     * @throws StoreException when they cannot be read; a new reader from {@link #position} goes on
     */
    List<Change> poll(Duration patience);

    /** After every change that was handed out, and what held none. */
    Position position();

    @Override
    void close();
}
