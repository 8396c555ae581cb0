package io.millrace.cluster;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/** Rows of any table of the lake, the same at every run: values at the edges of their types, NULLs, texts of all kinds. */
final class RandomRows {
    private static final String[] TEXTS = {"", "naïve", "東京", "two\nlines", "🙂", "O'Brien", "x".repeat(3000)};
    private static final long DAY_MILLIS = 86_400_000;

    private final Random random = new Random(7);
    private final RowType type;
    private final String sequence;
    private int made;

    /** @param sequence column by which the newest row of a key is found, or empty; it counts up */
    RandomRows(RowType type, String sequence) {
        this.type = type;
        this.sequence = sequence;
    }

    /** @param key what the key columns are made of; the others are random */
    GenericRow next(int key, Set<String> keyColumns) {
        GenericRow row = new GenericRow(type.getFieldCount());
        made++;
        for (int i = 0; i < type.getFieldCount(); i++) {
            DataField field = type.getFields().get(i);
            boolean isKey = keyColumns.contains(field.name());
            if (field.name().equals(sequence)) {
                row.setField(i, Timestamp.fromEpochMillis(made));
            } else if (isKey || !field.type().isNullable() || random.nextInt(8) > 0) {
                row.setField(i, value(field.type(), isKey ? key : random.nextInt(), isKey));
            }
        }
        return row;
    }

    private Object value(DataType of, int number, boolean isKey) {
        return switch (of.getTypeRoot()) {
            case BIGINT -> isKey ? (long) number : random.nextLong();
            case INTEGER -> number;
            case DATE -> isKey ? number : Math.floorMod(number, 40_000) - 10_000;
            case BOOLEAN -> number % 2 == 0;
            case DOUBLE -> random.nextGaussian();
            case FLOAT -> random.nextFloat();
            case VARCHAR ->
                BinaryString.fromString(
                        isKey ? "key-" + number : TEXTS[Math.floorMod(number, TEXTS.length)] + number % 100);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) of;
                long digits = (long) Math.pow(10, Math.min(decimal.getPrecision(), 17));
                BigDecimal amount = BigDecimal.valueOf(random.nextLong() % digits, decimal.getScale());
                yield Decimal.fromBigDecimal(amount, decimal.getPrecision(), decimal.getScale());
            }
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int nanos = DataTypeChecks.getPrecision(of) > 3 ? 123_000 : 0;
                yield Timestamp.fromEpochMillis(Math.abs((long) number) * 1000 % (DAY_MILLIS * 20_000) + 7, nanos);
            }
            case ARRAY -> {
                DataType element = ((ArrayType) of).getElementType();
                yield new GenericArray(new Object[] {value(element, number, false), value(element, number + 1, false)});
            }
            case MAP ->
                new GenericMap(Map.of(
                        value(((MapType) of).getKeyType(), number, true),
                        value(((MapType) of).getValueType(), number, true)));
            case VARBINARY -> TEXTS[Math.floorMod(number, TEXTS.length)].getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("no values for the type " + of + " yet: add them here");
        };
    }
}
