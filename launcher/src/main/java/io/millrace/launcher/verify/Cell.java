package io.millrace.launcher.verify;

import io.millrace.app.table.Column;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One value as a text that is equal on all sides exactly when the value is. */
final class Cell {
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private Cell() {}

    static @Nullable String fromSource(ResultSet row, int index, Column column) throws SQLException {
        String type = column.type().toUpperCase(Locale.ROOT);
        if (row.getObject(index) == null) {
            return null;
        }
        if (type.startsWith("TIMESTAMP_LTZ")) {
            return row.getObject(index, OffsetDateTime.class)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .toString();
        }
        if (type.startsWith("TIMESTAMP")) {
            return row.getObject(index, LocalDateTime.class).toString();
        }
        return scalar(row, index, type);
    }

    static @Nullable String fromLake(ResultSet row, int index, Column column) throws SQLException {
        String type = column.type().toUpperCase(Locale.ROOT);
        String text = row.getString(index);
        if (text == null) {
            return null;
        }
        if (type.startsWith("TIMESTAMP")) {
            return LocalDateTime.parse(text, DATE_TIME).toString();
        }
        return scalar(row, index, type);
    }

    static @Nullable String fromHot(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return decimal(number);
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        }
        if (value instanceof Float number) {
            return String.valueOf(number.doubleValue());
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value == null ? null : value.toString();
    }

    private static String decimal(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String scalar(ResultSet row, int index, String type) throws SQLException {
        if (type.startsWith("DECIMAL")) {
            return decimal(row.getBigDecimal(index));
        }
        if (type.equals("BOOLEAN")) {
            return String.valueOf(row.getBoolean(index));
        }
        if (type.equals("DOUBLE") || type.equals("FLOAT")) {
            return String.valueOf(row.getDouble(index));
        }
        if (type.equals("BYTES") || type.startsWith("VARBINARY") || type.startsWith("BINARY")) {
            return HexFormat.of().formatHex(row.getBytes(index));
        }
        return row.getString(index);
    }
}
