package io.millrace.changes;

/** A changelog cannot be read from a position; the message names it and the fix. */
public final class PositionException extends IllegalArgumentException {
    private final boolean expired;

    private PositionException(String message, boolean expired) {
        super(message);
        this.expired = expired;
    }

    /** It is no position of the table. */
    public static PositionException wrong(String position, String why) {
        String shortened = position.length() <= 100 ? position : position.substring(0, 100) + "…";
        return new PositionException(
                "position '" + shortened + "': " + why
                        + ". Give the id of an event of this table, or leave it out to begin with what comes from now on",
                false);
    }

    /**
     * What follows is no longer kept.
     *
     * @param option of the table that keeps it for longer
     */
    public static PositionException expired(Position position, Position earliest, String option) {
        return new PositionException(
                "position '" + position + "' lies before what the table's log still has, which begins at '" + earliest
                        + "': read the rows anew and follow with ?from=earliest, or raise '" + option + "'",
                true);
    }

    /** What follows was thrown away while it was read. */
    public static PositionException outOfRange(Position position, Throwable cause) {
        return new PositionException(
                "position '" + position + "' lies outside what the table's log has: " + cause.getMessage()
                        + ". Read the rows anew and follow with ?from=earliest",
                true);
    }

    /** What follows is not there, or is no change: the rows must be read anew. */
    public static PositionException passed(Position position, String why) {
        return new PositionException(
                "position '" + position + "': " + why
                        + ". Read the rows anew and follow what comes from now on, without a position",
                true);
    }

    /** It was one once: what follows is no longer kept. */
    public boolean expired() {
        return expired;
    }
}
