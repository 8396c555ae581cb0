package io.millrace.changes;

import java.util.Optional;

/**
 * The changelog of a table as it was described. For many threads at a time; every question may throw a
 * {@link StoreException} when the store does not answer.
 */
public interface ChangeLog {
    /** Described anew; empty when there is no table of that name any more. */
    Optional<? extends ChangeLog> now();

    /** Why its changes cannot be followed; empty when they can. */
    Optional<String> refusal();

    /** The same table, not one of its name made later. */
    boolean sameTable(ChangeLog other);

    /** Whether readers of the other give every column of this one. */
    boolean sameColumns(ChangeLog other);

    /** Before the oldest change that is kept. */
    Position earliest();

    /** After everything that is committed. */
    Position latest();

    /**
     * The position of that text.
     *
     * @throws PositionException when it is none of this table, or what follows is no longer kept
     */
    Position position(String text);

    /** @throws PositionException when what follows is no longer kept */
    void requireKept(Position position);

    /**
     * Where to begin to read for a reader that was at a position: a little before it, for others like it come too, or at
     * the latest when that is far away.
     */
    Position near(Position position, Position latest);

    ChangeReader read(Position from);
}
