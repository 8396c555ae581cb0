package io.millrace.sql.protocol;

import io.millrace.sql.result.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;

/** Values as MySQL writes them. */
final class TextFormat {
    private TextFormat() {}

    static byte[] format(Object value, ColumnType type) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        return text(value, type).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Object value, ColumnType type) {
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return dateTime(time, type.decimals());
        }
        if (value instanceof Double || value instanceof Float) {
            return floating((Number) value);
        }
        return value.toString();
    }

    private static String dateTime(LocalDateTime time, int decimals) {
        String seconds = String.format(
                "%04d-%02d-%02d %02d:%02d:%02d",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
        return decimals == 0
                ? seconds
                : seconds + "."
                        + String.format("%06d", time.get(ChronoField.MICRO_OF_SECOND))
                                .substring(0, decimals);
    }

    /** Whole numbers without a point, the rest as short as it can be without losing digits. */
    private static String floating(Number value) {
        double number = value.doubleValue();
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : value.toString();
    }
}
