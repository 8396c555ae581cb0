package io.millrace.changes;

/**
 * Where a reader of a table's changelog stands; its text is what a client comes back with. Only positions of the same
 * table can be compared.
 */
public interface Position {
    /** Whether the change there was seen. */
    boolean has(Place place);

    /** This when the change there has been seen too. */
    Position after(Place place);

    /** As far as the other or further, so that nothing before the other is missing. */
    boolean reaches(Position other);

    /** What both have seen. */
    Position furthest(Position other);
}
