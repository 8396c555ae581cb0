package io.millrace.lake;

import io.millrace.changes.MapValue;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VectorType;
import org.jspecify.annotations.Nullable;

/** Rows of a lake table as Java has them, without its BLOBs: those may be of any size. */
final class LakeValues {
    private final RowType type;
    private final InternalRow.FieldGetter[] fields;

    private LakeValues(RowType type) {
        this.type = type;
        this.fields = new InternalRow.FieldGetter[type.getFieldCount()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = InternalRow.createFieldGetter(type.getTypeAt(i), i);
        }
    }

    static LakeValues of(RowType type) {
        return new LakeValues(new RowType(type.getFields().stream()
                .filter(field -> !field.type().is(DataTypeRoot.BLOB))
                .toList()));
    }

    /** Of the rows that are read. */
    RowType type() {
        return type;
    }

    /** Each column with its value, in the table's order. */
    Map<String, @Nullable Object> of(InternalRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i++) {
            DataField field = type.getFields().get(i);
            values.put(field.name(), java(field.type(), fields[i].getFieldOrNull(row)));
        }
        return values;
    }

    /** About how much memory they take. */
    static long bytes(@Nullable Map<String, @Nullable Object> values) {
        long bytes = 0;
        for (Object value : values == null ? List.of() : values.values()) {
            bytes += value instanceof String text
                    ? 2L * text.length()
                    : value instanceof byte[] array ? array.length : 32;
        }
        return bytes;
    }

    private static @Nullable Object java(DataType type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> value.toString();
            case DECIMAL -> ((Decimal) value).toBigDecimal();
            case TIMESTAMP_WITHOUT_TIME_ZONE -> ((Timestamp) value).toLocalDateTime();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                ((Timestamp) value).toLocalDateTime().toInstant(ZoneOffset.UTC);
            case DATE -> LocalDate.ofEpochDay((int) value);
            case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay((int) value * 1_000_000L);
            case ARRAY -> list(((ArrayType) type).getElementType(), (InternalArray) value);
            case VECTOR -> list(((VectorType) type).getElementType(), (InternalArray) value);
            case MAP -> {
                MapType map = (MapType) type;
                InternalMap entries = (InternalMap) value;
                yield MapValue.of(
                        list(map.getKeyType(), entries.keyArray()), list(map.getValueType(), entries.valueArray()));
            }
            case ROW -> new LakeValues((RowType) type).of((InternalRow) value);
            case VARIANT, MULTISET -> value.toString();
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
