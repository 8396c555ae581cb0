package io.millrace.sql.engine;

import io.millrace.sql.lake.ColumnTypes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Writes Paimon's rows into the columns of one DuckDB chunk after another. */
final class ChunkFiller {
    private static final int ROW_BYTES = 8;

    private final DataType[] types;
    private final DuckDBWritableVector[] vectors;
    /** Texts are handed over a column at a time: one native call instead of one a value. */
    private final byte @Nullable [] @Nullable [][] texts;

    private long bytes;

    ChunkFiller(RowType columns) {
        this.types = columns.getFieldTypes().toArray(DataType[]::new);
        this.vectors = new DuckDBWritableVector[types.length];
        this.texts = new byte[types.length][][];
    }

    void start(DuckDBDataChunkWriter output) {
        bytes = 0;
        for (int column = 0; column < types.length; column++) {
            vectors[column] = output.vector(column);
            texts[column] = isText(types[column]) ? new byte[(int) output.capacity()][] : null;
        }
    }

    private static boolean isText(DataType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, BINARY, VARBINARY, BLOB -> true;
            default -> ColumnTypes.isNested(type);
        };
    }

    void put(InternalRow row, int position) {
        for (int column = 0; column < types.length; column++) {
            byte[][] text = texts[column];
            if (text != null) {
                text[position] = row.isNullAt(column) ? null : text(row, column);
                bytes += text[position] == null ? ROW_BYTES : text[position].length + 16;
            } else if (row.isNullAt(column)) {
                vectors[column].setNull(position);
                bytes += ROW_BYTES;
            } else {
                put(row, column, vectors[column], position);
                bytes += ROW_BYTES;
            }
        }
    }

    private byte[] text(InternalRow row, int column) {
        return switch (types[column].getTypeRoot()) {
            case CHAR, VARCHAR -> row.getString(column).toBytes();
            case BINARY, VARBINARY ->
                HexFormat.of().formatHex(row.getBinary(column)).getBytes(StandardCharsets.US_ASCII);
            case BLOB -> JsonText.of(row.getBlob(column).toDescriptor()).getBytes(StandardCharsets.UTF_8);
            default -> JsonText.of(types[column], row, column).getBytes(StandardCharsets.UTF_8);
        };
    }

    private void put(InternalRow row, int column, DuckDBWritableVector vector, int position) {
        DataType type = types[column];
        switch (type.getTypeRoot()) {
            case BOOLEAN -> vector.setBoolean(position, row.getBoolean(column));
            case TINYINT -> vector.setByte(position, row.getByte(column));
            case SMALLINT -> vector.setShort(position, row.getShort(column));
            case INTEGER, TIME_WITHOUT_TIME_ZONE -> vector.setInt(position, row.getInt(column));
            case BIGINT -> vector.setLong(position, row.getLong(column));
            case FLOAT -> vector.setFloat(position, row.getFloat(column));
            case DOUBLE -> vector.setDouble(position, row.getDouble(column));
            case DATE -> vector.setDate(position, LocalDate.ofEpochDay(row.getInt(column)));
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                vector.setBigDecimal(
                        position,
                        row.getDecimal(column, decimal.getPrecision(), decimal.getScale())
                                .toBigDecimal());
            }
            default ->
                vector.setLong(
                        position,
                        row.getTimestamp(column, DataTypeChecks.getPrecision(type))
                                .toMicros());
        }
    }

    /** Completes the chunk; returns about how many bytes its values take. */
    long finish(int rows) {
        for (int column = 0; column < types.length; column++) {
            byte[][] text = texts[column];
            if (text != null && rows > 0) {
                vectors[column].setStringUtf8Batch(0, Arrays.copyOf(text, rows));
            }
            texts[column] = null;
        }
        return bytes;
    }
}
