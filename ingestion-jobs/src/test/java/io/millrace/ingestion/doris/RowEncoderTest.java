package io.millrace.ingestion.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

class RowEncoderTest {
    private static final DataType PARCELS = DataTypes.ROW(
            DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
            DataTypes.FIELD("weight", DataTypes.DECIMAL(38, 3)),
            DataTypes.FIELD("seen_at", DataTypes.TIMESTAMP_LTZ(6)),
            DataTypes.FIELD("vector", DataTypes.ARRAY(DataTypes.FLOAT())),
            DataTypes.FIELD("note", DataTypes.STRING()));

    @Test
    void timesAreInUtcAndDecimalsAreExact() throws Exception {
        assertThat(json(encoder().encode(row(RowKind.INSERT))))
                .isEqualTo("{\"id\":7,\"weight\":12345678901234567890123456789012345.678,"
                        + "\"seen_at\":\"2026-11-20 08:00:00.5\",\"vector\":[0.5,-1.0],\"note\":null,"
                        + "\"__DORIS_DELETE_SIGN__\":0}");
    }

    @Test
    void deletionIsMarkedInTheHiddenColumn() throws Exception {
        assertThat(json(encoder().encode(row(RowKind.DELETE)))).endsWith("\"__DORIS_DELETE_SIGN__\":1}");
    }

    @Test
    void tableWithoutKeyHasNoHiddenColumn() throws Exception {
        RowEncoder encoder = new RowEncoder(type(PARCELS), new int[0], null);
        encoder.open();
        assertThat(json(encoder.encode(row(RowKind.INSERT)))).doesNotContain("DORIS");
    }

    @Test
    void ofTwoRowsWithOneKeyTheGreaterSequenceStays() {
        Batch batch = new Batch();
        batch.add(new EncodedRow(java.util.List.of("1"), sequence(2), new byte[] {2}));
        batch.add(new EncodedRow(java.util.List.of("1"), sequence(1), new byte[] {1}));
        batch.add(new EncodedRow(java.util.List.of("2"), sequence(1), new byte[] {3}));
        batch.add(new EncodedRow(java.util.List.of("2"), sequence(1), new byte[] {4, 4}));
        assertThat(batch.sizeBytes()).isEqualTo(3);
        assertThat(batch.drain()).containsExactly(new byte[] {2}, new byte[] {4, 4});
        assertThat(batch.size()).isZero();
        assertThat(batch.sizeBytes()).isZero();
    }

    @Test
    void columnThatDorisCannotTakeIsNamed() {
        DataType photos = DataTypes.ROW(DataTypes.FIELD("photo", DataTypes.BYTES()));
        assertThatThrownBy(() -> new RowEncoder(type(photos), new int[0], null))
                .hasMessage("column photo is BYTES, which Doris cannot take: leave it out, or CAST it to STRING");
    }

    @Test
    void sequenceMustBeAColumnOfATypeThatDorisOrders() {
        assertThatThrownBy(() -> new RowEncoder(type(PARCELS), new int[] {0}, "version"))
                .hasMessage("option 'sequence-column' is 'version', which is no column: name one of"
                        + " [id, weight, seen_at, vector, note]");
        assertThatThrownBy(() -> new RowEncoder(type(PARCELS), new int[] {0}, "note"))
                .hasMessage("sequence column note is STRING: Doris takes whole numbers, DATE and TIMESTAMP");
    }

    private static RowEncoder encoder() throws Exception {
        RowEncoder encoder = new RowEncoder(type(PARCELS), new int[] {0}, "seen_at");
        encoder.open();
        return encoder;
    }

    private static GenericRowData row(RowKind kind) {
        return GenericRowData.ofKind(
                kind,
                7L,
                DecimalData.fromBigDecimal(new BigDecimal("12345678901234567890123456789012345.678"), 38, 3),
                TimestampData.fromLocalDateTime(LocalDateTime.parse("2026-11-20T08:00:00.5")),
                new GenericArrayData(new float[] {0.5f, -1}),
                (StringData) null);
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> sequence(long value) {
        return (Comparable<Object>) (Comparable<?>) value;
    }

    private static RowType type(DataType type) {
        return (RowType) type.getLogicalType();
    }

    private static String json(EncodedRow row) {
        return new String(row.json(), StandardCharsets.UTF_8);
    }
}
