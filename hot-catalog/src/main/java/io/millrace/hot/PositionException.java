package io.millrace.hot;

/** A changelog cannot be read from a position; the message names it and the fix. */
public final class PositionException extends IllegalArgumentException {
    private final boolean expired;

    private PositionException(String message, boolean expired) {
        super(message);
        this.expired = expired;
    }

    static PositionException wrong(String position, String why) {
        String shortened = position.length() <= 100 ? position : position.substring(0, 100) + "…";
        return new PositionException(
                "position '" + shortened + "': " + why
                        + ". Give the id of an event of this table, or leave it out to begin with what comes from now on",
                false);
    }

    static PositionException expired(Position position, Position earliest) {
        return new PositionException(
                "position '" + position + "' lies before what the table's log still has, which begins at '" + earliest
                        + "': read the rows anew and follow with ?from=earliest, or raise 'table.log.ttl'",
                true);
    }

    static PositionException outOfRange(Position position, Throwable cause) {
        return new PositionException(
                "position '" + position + "' lies outside what the table's log has: " + cause.getMessage()
                        + ". Read the rows anew and follow with ?from=earliest",
                true);
    }

    /** It was one once: the log no longer has what follows. */
    public boolean expired() {
        return expired;
    }
}
