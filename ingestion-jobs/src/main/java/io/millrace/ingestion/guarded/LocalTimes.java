package io.millrace.ingestion.guarded;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Dates and times without a zone, as Debezium's {@code time.precision.mode=isostring} writes them: with a Z behind, which
 * Flink's JSON formats refuse. The inner format reads them as text; this turns the text into Flink's values.
 */
final class LocalTimes implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String[] names;
    private final LogicalTypeRoot[] types;

    LocalTimes(DataType physicalType) {
        List<DataTypes.Field> fields = DataType.getFields(physicalType);
        this.names = fields.stream().map(DataTypes.Field::getName).toArray(String[]::new);
        this.types = fields.stream().map(field -> root(field.getDataType())).toArray(LogicalTypeRoot[]::new);
    }

    /** The same row with a text in place of each of these types. */
    static DataType asText(DataType physicalType) {
        return DataTypes.ROW(DataType.getFields(physicalType).stream()
                .map(field -> isLocal(root(field.getDataType()))
                        ? DataTypes.FIELD(field.getName(), DataTypes.STRING())
                        : field)
                .toList());
    }

    /** @throws IllegalArgumentException naming the column whose text is none of its type */
    void parse(GenericRowData row) {
        for (int i = 0; i < types.length; i++) {
            if (isLocal(types[i]) && !row.isNullAt(i)) {
                String text = row.getString(i).toString();
                try {
                    row.setField(i, value(types[i], text.endsWith("Z") ? text.substring(0, text.length() - 1) : text));
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(names[i] + ": " + e.getMessage());
                }
            }
        }
    }

    private static Object value(LogicalTypeRoot type, String text) {
        return switch (type) {
            case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
            case TIME_WITHOUT_TIME_ZONE -> Math.toIntExact(LocalTime.parse(text).toNanoOfDay() / NANOS_PER_MILLI);
            default -> TimestampData.fromLocalDateTime(LocalDateTime.parse(text));
        };
    }

    private static boolean isLocal(LogicalTypeRoot type) {
        return type == LogicalTypeRoot.DATE
                || type == LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE
                || type == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE;
    }

    private static LogicalTypeRoot root(DataType type) {
        return type.getLogicalType().getTypeRoot();
    }
}
