package io.millrace.ingestion.doris;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonFormatOptions.MapNullKeyMode;
import org.apache.flink.formats.json.JsonRowDataSerializationSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.JoinedRowData;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Turns rows into JSON for Doris. Points in time are written in UTC. */
final class RowEncoder implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The hidden column by which a load deletes a row. */
    private static final String DELETE_SIGN = "__DORIS_DELETE_SIGN__";

    private static final Set<LogicalTypeRoot> UNKNOWN_TO_DORIS = Set.of(
            LogicalTypeRoot.BINARY,
            LogicalTypeRoot.VARBINARY,
            LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_TIME_ZONE,
            LogicalTypeRoot.VARIANT);
    private static final Set<LogicalTypeRoot> SEQUENCES = Set.of(
            LogicalTypeRoot.TINYINT,
            LogicalTypeRoot.SMALLINT,
            LogicalTypeRoot.INTEGER,
            LogicalTypeRoot.BIGINT,
            LogicalTypeRoot.DATE,
            LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
            LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private final RowType written;
    private final RowData.FieldGetter[] key;
    private final RowData.@Nullable FieldGetter sequence;
    private transient @Nullable JsonRowDataSerializationSchema json;

    /**
     * @param keyColumns positions of the key; a row of a table without key is never a deletion
     * @param sequenceColumn or null for none
     * @throws IllegalArgumentException naming a column that does not fit
     */
    RowEncoder(RowType row, int[] keyColumns, @Nullable String sequenceColumn) {
        List<RowType.RowField> fields = new ArrayList<>();
        for (RowType.RowField field : row.getFields()) {
            LogicalType type = field.getType();
            if (UNKNOWN_TO_DORIS.contains(type.getTypeRoot())) {
                throw new IllegalArgumentException("column " + field.getName() + " is " + type.asSummaryString()
                        + ", which Doris cannot take: leave it out, or CAST it to STRING");
            }
            fields.add(new RowType.RowField(field.getName(), inUtc(type)));
        }
        if (keyColumns.length > 0) {
            fields.add(new RowType.RowField(DELETE_SIGN, new IntType()));
        }
        this.written = new RowType(fields);
        this.key = Arrays.stream(keyColumns)
                .mapToObj(column -> RowData.createFieldGetter(row.getTypeAt(column), column))
                .toArray(RowData.FieldGetter[]::new);
        this.sequence = sequenceColumn == null ? null : sequence(row, sequenceColumn);
    }

    private static RowData.FieldGetter sequence(RowType row, String column) {
        int position = row.getFieldIndex(column);
        if (position < 0) {
            throw new IllegalArgumentException("option 'sequence-column' is '" + column
                    + "', which is no column: name one of " + row.getFieldNames());
        }
        LogicalType type = row.getTypeAt(position);
        if (!SEQUENCES.contains(type.getTypeRoot())) {
            throw new IllegalArgumentException("sequence column " + column + " is " + type.asSummaryString()
                    + ": Doris takes whole numbers, DATE and TIMESTAMP");
        }
        return RowData.createFieldGetter(type, position);
    }

    /** Both types hold the same value; the one without zone is written without a Z. */
    private static LogicalType inUtc(LogicalType type) {
        return type instanceof LocalZonedTimestampType local
                ? new TimestampType(local.isNullable(), local.getPrecision())
                : type;
    }

    void open() throws Exception {
        json = new JsonRowDataSerializationSchema(written, TimestampFormat.SQL, MapNullKeyMode.FAIL, "", true, false);
        json.open(null);
    }

    EncodedRow encode(RowData row) {
        if (key.length == 0) {
            return new EncodedRow(List.of(), null, json.serialize(row));
        }
        List<String> values = new ArrayList<>(key.length);
        for (RowData.FieldGetter column : key) {
            values.add(String.valueOf(column.getFieldOrNull(row)));
        }
        boolean deleted = row.getRowKind() == RowKind.DELETE;
        byte[] text = json.serialize(new JoinedRowData(row, GenericRowData.of(deleted ? 1 : 0)));
        return new EncodedRow(values, sequence == null ? null : sequenceOf(sequence.getFieldOrNull(row)), text);
    }

    /** Every type in {@link #SEQUENCES} has comparable values. */
    @SuppressWarnings("unchecked")
    private static @Nullable Comparable<Object> sequenceOf(@Nullable Object value) {
        return (Comparable<Object>) value;
    }
}
