package io.millrace.sql.result;

/**
 * The type a client is told a column has.
 *
 * @param kind how values are given and sent
 * @param length longest text of a value, in characters
 * @param decimals digits behind the point, of numbers and of seconds
 */
public record ColumnType(Kind kind, int length, int decimals) {
    /** The Java type of the values, none of which depends on a time zone. */
    public enum Kind {
        /** Boolean */
        BOOLEAN,
        /** Long */
        TINY,
        /** Long */
        SHORT,
        /** Long */
        INTEGER,
        /** Long */
        LONG,
        /** Float */
        FLOAT,
        /** Double */
        DOUBLE,
        /** java.math.BigDecimal */
        DECIMAL,
        /** String */
        TEXT,
        /** byte[] */
        BYTES,
        /** java.time.LocalDate */
        DATE,
        /** String, HH:MM:SS.ffffff */
        TIME,
        /** java.time.LocalDateTime, in UTC */
        DATETIME
    }

    public static final ColumnType TEXT = new ColumnType(Kind.TEXT, 65535, 0);
    public static final ColumnType LONG = new ColumnType(Kind.LONG, 20, 0);
}
