package io.millrace.sql.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/** Dates to text and back by MySQL's patterns; instants are microseconds since 1970 in UTC. */
final class DateFunctions {
    private DateFunctions() {}

    static void register(Connection duckDb) throws SQLException {
        DuckDBFunctions.scalarFunction()
                .withName("millrace_date_format")
                .withParameters(Long.class, String.class)
                .withReturnType(String.class)
                .withFunction((Long micros, String pattern) -> format(micros, pattern))
                .register(duckDb);
        DuckDBFunctions.scalarFunction()
                .withName("millrace_str_to_date")
                .withParameters(String.class, String.class)
                .withReturnType(Long.class)
                .withFunction((String text, String pattern) -> parse(text, pattern))
                .register(duckDb);
    }

    /** The instant by a pattern like {@code %Y-%m-%d %H:%i:%s}. */
    static @Nullable String format(@Nullable Long micros, @Nullable String pattern) {
        if (micros == null || pattern == null) {
            return null;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' && i + 1 < pattern.length()) {
                text.append(field(time, pattern.charAt(++i)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String field(LocalDateTime time, char specifier) {
        int hour12 = (time.getHour() + 11) % 12 + 1;
        return switch (specifier) {
            case 'Y' -> String.format("%04d", time.getYear());
            case 'y' -> twoDigits(time.getYear() % 100);
            case 'm' -> twoDigits(time.getMonthValue());
            case 'c' -> String.valueOf(time.getMonthValue());
            case 'M' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'd' -> twoDigits(time.getDayOfMonth());
            case 'e' -> String.valueOf(time.getDayOfMonth());
            case 'D' -> time.getDayOfMonth() + ordinal(time.getDayOfMonth());
            case 'j' -> String.format("%03d", time.getDayOfYear());
            case 'H' -> twoDigits(time.getHour());
            case 'k' -> String.valueOf(time.getHour());
            case 'h', 'I' -> twoDigits(hour12);
            case 'l' -> String.valueOf(hour12);
            case 'i' -> twoDigits(time.getMinute());
            case 's', 'S' -> twoDigits(time.getSecond());
            case 'f' -> String.format("%06d", time.get(ChronoField.MICRO_OF_SECOND));
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'T' ->
                twoDigits(time.getHour()) + ":" + twoDigits(time.getMinute()) + ":" + twoDigits(time.getSecond());
            case 'r' ->
                twoDigits(hour12) + ":" + twoDigits(time.getMinute()) + ":" + twoDigits(time.getSecond()) + " "
                        + (time.getHour() < 12 ? "AM" : "PM");
            case 'W' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'v', 'u' -> twoDigits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'x' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            default -> String.valueOf(specifier);
        };
    }

    private static String twoDigits(int value) {
        return String.format("%02d", value);
    }

    private static String ordinal(int day) {
        if (day >= 11 && day <= 13) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    /** The instant a text names by a pattern, or null when it does not fit. */
    static @Nullable Long parse(@Nullable String text, @Nullable String pattern) {
        if (text == null || pattern == null) {
            return null;
        }
        try {
            LocalDateTime time = new DateText(text, pattern.replace("%T", "%H:%i:%s")).read();
            return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.get(ChronoField.MICRO_OF_SECOND);
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            // MySQL answers NULL for a text that is no date
            return null;
        }
    }
}
