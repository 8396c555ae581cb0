package io.millrace.hot;

import io.millrace.changes.MapValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.Decimal;
import org.apache.fluss.row.InternalArray;
import org.apache.fluss.row.InternalMap;
import org.apache.fluss.row.InternalRow;
import org.apache.fluss.row.TimestampLtz;
import org.apache.fluss.row.TimestampNtz;
import org.apache.fluss.types.ArrayType;
import org.apache.fluss.types.DataType;
import org.apache.fluss.types.DecimalType;
import org.apache.fluss.types.MapType;
import org.apache.fluss.types.RowType;
import org.jspecify.annotations.Nullable;

/** Values between Fluss and Java. */
final class Values {
    private Values() {}

    /** A part of a key from its text. */
    static Object parse(String column, DataType type, String text) {
        try {
            return switch (type.getTypeRoot()) {
                case TINYINT -> Byte.parseByte(text);
                case SMALLINT -> Short.parseShort(text);
                case INTEGER -> Integer.parseInt(text);
                case BIGINT -> Long.parseLong(text);
                case BOOLEAN -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new NumberFormatException();
                    }
                    yield Boolean.parseBoolean(text);
                }
                case DATE -> (int) LocalDate.parse(text).toEpochDay();
                case CHAR, STRING -> BinaryString.fromString(text);
                default ->
                    throw new KeyException(
                            "column " + column + " is " + type + ": keys of that type cannot be looked up");
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw new KeyException("'" + shortened(text) + "' is no " + type.copy(true) + ", which " + column + " is");
        }
    }

    /** A value from its text: numbers in digits, times as ISO 8601 in UTC. */
    static Object cell(DataType type, String text) {
        return switch (type.getTypeRoot()) {
            case DOUBLE -> Double.parseDouble(text);
            case FLOAT -> Float.parseFloat(text);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield Decimal.fromBigDecimal(new BigDecimal(text), decimal.getPrecision(), decimal.getScale());
            }
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TimestampLtz.fromInstant(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TimestampNtz.fromLocalDateTime(LocalDateTime.parse(text));
            default -> parse(type.toString(), type, text);
        };
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** A value as a row of Fluss holds it, as Java's own types. */
    static @Nullable Object java(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case CHAR, STRING -> value.toString();
            case DECIMAL -> ((Decimal) value).toBigDecimal();
            case TIMESTAMP_WITHOUT_TIME_ZONE -> ((TimestampNtz) value).toLocalDateTime();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ((TimestampLtz) value).toInstant();
            case DATE -> LocalDate.ofEpochDay((int) value);
            case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay((int) value * 1_000_000L);
            case ARRAY -> list(((ArrayType) type).getElementType(), (InternalArray) value);
            case MAP -> {
                MapType map = (MapType) type;
                InternalMap entries = (InternalMap) value;
                yield MapValue.of(
                        list(map.getKeyType(), entries.keyArray()), list(map.getValueType(), entries.valueArray()));
            }
            case ROW -> new RowValues((RowType) type).of((InternalRow) value);
            default -> value;
        };
    }

    private static List<@Nullable Object> list(DataType type, InternalArray array) {
        InternalArray.ElementGetter elements = InternalArray.createElementGetter(type);
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            list.add(java(type, elements.getElementOrNull(array, i)));
        }
        return list;
    }
}
