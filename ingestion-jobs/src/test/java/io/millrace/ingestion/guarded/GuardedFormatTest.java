package io.millrace.ingestion.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedFormatTest {
    private static final ResolvedSchema PARCELS = ResolvedSchema.of(
            Column.physical("parcel_id", DataTypes.BIGINT()),
            Column.physical("weight", DataTypes.DECIMAL(8, 3)),
            Column.physical("seen_at", DataTypes.TIMESTAMP_LTZ(6)));
    private static final String ONE =
            "{\"parcel_id\": 1, \"weight\": \"2.5\", \"seen_at\": \"2026-11-20T08:00:00.5Z\"}";
    private static final String TWO = "{\"parcel_id\": 1, \"weight\": \"3\", \"seen_at\": null}";

    @Test
    void insertGivesTheRowAndItsMetadata() throws Exception {
        assertThat(changes().read(event("c", "null", ONE)))
                .containsExactly(row(RowKind.INSERT, "2.500", "2026-11-20T08:00:00.500"));
    }

    @Test
    void updateGivesTheRowBeforeAndAfter() throws Exception {
        assertThat(changes().read(event("u", ONE, TWO)))
                .containsExactly(
                        row(RowKind.UPDATE_BEFORE, "2.500", "2026-11-20T08:00:00.500"),
                        row(RowKind.UPDATE_AFTER, "3.000", null));
    }

    @Test
    void deleteGivesTheRowThatWas() throws Exception {
        assertThat(changes().read(event("d", TWO, "null"))).containsExactly(row(RowKind.DELETE, "3.000", null));
    }

    @Test
    void tombstoneOfADatabaseIsNoChange() throws Exception {
        assertThat(changes().read(null)).isEmpty();
    }

    @Test
    void brokenJsonIsADeadLetter() throws Exception {
        assertDeadLetter(changes(), "{\"before\": nul", "Unrecognized token 'nul'");
        assertDeadLetter(events(), "{\"parcel_id\": 1,", "Unexpected end");
    }

    @Test
    void textInADecimalIsADeadLetter() throws Exception {
        assertDeadLetter(
                changes(), event("c", "null", TWO.replace("\"3\"", "\"heavy\"")), "weight: Character h is neither");
        assertDeadLetter(events(), TWO.replace("\"3\"", "\"heavy\""), "at field: weight.");
    }

    @Test
    void rowWithoutARequiredColumnIsADeadLetter() throws Exception {
        assertDeadLetter(changes(), event("c", "null", "{\"weight\": \"3\"}"), "column parcel_id is null or missing");
        assertDeadLetter(events(), "{\"parcel_id\": null}", "column parcel_id is null or missing");
    }

    @Test
    void updateWithABrokenSideGivesOneDeadLetterAndNoRow() throws Exception {
        String broken = TWO.replace("\"parcel_id\": 1", "\"parcel_id\": null");
        assertDeadLetter(changes(), event("u", ONE, broken), "column parcel_id is null or missing");
        assertDeadLetter(
                changes(), event("u", ONE, TWO.replace("\"3\"", "\"heavy\"")), "weight: Character h is neither");
        assertDeadLetter(changes(), event("u", "null", TWO), "REPLICA IDENTITY");
    }

    @Test
    void unknownOperationIsADeadLetter() throws Exception {
        assertDeadLetter(changes(), event("x", "null", ONE), "Unknown \"op\" value \"x\"");
    }

    @Test
    void plainEventGivesOneRow() throws Exception {
        assertThat(events().read(TWO)).containsExactly(GenericRowData.of(1L, decimal("3.000"), null, null, null));
    }

    @Test
    void pointInTimeIsCutToTheDigitsOfItsColumn() throws Exception {
        String nanoseconds = ONE.replace("08:00:00.5Z", "08:00:00.123456789Z");
        assertThat(changes().read(event("c", "null", nanoseconds)))
                .containsExactly(row(RowKind.INSERT, "2.500", "2026-11-20T08:00:00.123456"));
        assertThat(events().read(nanoseconds))
                .containsExactly(GenericRowData.of(
                        1L,
                        decimal("2.500"),
                        TimestampData.fromLocalDateTime(LocalDateTime.parse("2026-11-20T08:00:00.123456")),
                        null,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]"})
    void plainEventThatHoldsNoRowIsADeadLetter(String event) throws Exception {
        assertDeadLetter(events(), event, "");
    }

    @Test
    void plainEventWithoutAValueIsADeadLetter() throws Exception {
        assertThat(events().read(null))
                .containsExactly(
                        GenericRowData.of(null, null, null, StringData.fromString("the event holds no row"), null));
    }

    @Test
    void bytesThatAreNoTextAreReplacedInTheDeadLetter() throws Exception {
        List<RowData> rows = new ArrayList<>();
        events().schema().deserialize(new byte[] {'{', (byte) 0xff, '}'}, new ListCollector<>(rows));
        assertThat(rows)
                .singleElement()
                .satisfies(row -> assertThat(row.getString(4).toString()).isEqualTo("{\uFFFD}"));
    }

    @Test
    void onlyTheMetadataAskedForIsGiven() throws Exception {
        Reader raw = Reader.of("json", "parcel_id", List.of("raw"));
        assertThat(raw.read("{}")).containsExactly(GenericRowData.of(null, null, null, StringData.fromString("{}")));
        Reader none = Reader.of("json", "parcel_id", List.of());
        assertThat(none.read(TWO)).containsExactly(GenericRowData.of(1L, decimal("3.000"), null));
    }

    @Test
    void withoutRequiredColumnsEveryColumnMayBeNull() throws Exception {
        assertThat(Reader.of("json", "", List.of("error")).read("{}"))
                .containsExactly(GenericRowData.of(null, null, null, null));
    }

    @Test
    void metadataIsThatOfTheInnerFormatThenItsOwn() {
        List<String> keys = List.copyOf(
                Reader.format("debezium-json", "").listReadableMetadata().keySet());
        assertThat(keys).contains("source.properties").endsWith("error", "raw");
        assertThatThrownBy(() ->
                        Reader.format("debezium-json", "").applyReadableMetadata(List.of("error", "source.timestamp")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void formatWithoutInnerFormatIsRefused() {
        assertThatThrownBy(() -> Reader.format(new Configuration()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("by");
    }

    /** Metadata: source.timestamp, error, raw. */
    private static Reader changes() throws Exception {
        return Reader.of("debezium-json", "parcel_id", List.of("source.timestamp", "error", "raw"));
    }

    /** Metadata: error, raw. */
    private static Reader events() throws Exception {
        return Reader.of("json", "parcel_id", List.of("error", "raw"));
    }

    private static String event(String operation, String before, String after) {
        return "{\"before\": " + before + ", \"after\": " + after + ", \"op\": \"" + operation
                + "\", \"source\": {\"ts_ms\": 1000, \"lsn\": 7}}";
    }

    private static RowData row(RowKind kind, String weight, @Nullable String seenAt) {
        TimestampData seen = seenAt == null ? null : TimestampData.fromLocalDateTime(LocalDateTime.parse(seenAt));
        return GenericRowData.ofKind(kind, 1L, decimal(weight), seen, TimestampData.fromEpochMillis(1000), null, null);
    }

    private static DecimalData decimal(String value) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), 8, 3);
    }

    private static void assertDeadLetter(Reader reader, String event, String reason) throws Exception {
        List<RowData> rows = reader.read(event);
        assertThat(rows).hasSize(1);
        GenericRowData row = (GenericRowData) rows.get(0);
        int error = row.getArity() - 2;
        assertThat(row.getRowKind()).isEqualTo(RowKind.INSERT);
        for (int i = 0; i < error; i++) {
            assertThat(row.isNullAt(i)).isTrue();
        }
        assertThat(row.getString(error).toString()).contains(reason).isNotEmpty();
        assertThat(row.getString(error + 1)).hasToString(event);
    }

    /** The format as a table would get it from Flink. */
    private record Reader(DeserializationSchema<RowData> schema) {
        static Reader of(String by, String required, List<String> metadata) throws Exception {
            DecodingFormat<DeserializationSchema<RowData>> format = format(by, required);
            format.applyReadableMetadata(metadata);
            DeserializationSchema<RowData> schema =
                    format.createRuntimeDecoder(ScanRuntimeProviderContext.INSTANCE, PARCELS.toPhysicalRowDataType());
            schema.open(new DeserializationSchema.InitializationContext() {
                @Override
                public MetricGroup getMetricGroup() {
                    return new UnregisteredMetricsGroup();
                }

                @Override
                public UserCodeClassLoader getUserCodeClassLoader() {
                    return SimpleUserCodeClassLoader.create(GuardedFormatTest.class.getClassLoader());
                }
            });
            return new Reader(schema);
        }

        static DecodingFormat<DeserializationSchema<RowData>> format(String by, String required) {
            Configuration options = new Configuration();
            options.set(GuardedFormatFactory.BY, by);
            options.set(GuardedFormatFactory.REQUIRED, required);
            return format(options);
        }

        static DecodingFormat<DeserializationSchema<RowData>> format(Configuration options) {
            ClassLoader classes = GuardedFormatTest.class.getClassLoader();
            CatalogTable table = CatalogTable.newBuilder()
                    .schema(Schema.newBuilder().fromResolvedSchema(PARCELS).build())
                    .build();
            var context = new FactoryUtil.DefaultDynamicTableContext(
                    ObjectIdentifier.of("cdc", "depot", "parcels$all"),
                    new ResolvedCatalogTable(table, PARCELS),
                    Map.of(),
                    new Configuration(),
                    classes,
                    false);
            return FactoryUtil.discoverFactory(classes, DeserializationFormatFactory.class, "guarded")
                    .createDecodingFormat(context, options);
        }

        List<RowData> read(@Nullable String event) throws Exception {
            List<RowData> rows = new ArrayList<>();
            schema.deserialize(
                    event == null ? null : event.getBytes(StandardCharsets.UTF_8), new ListCollector<>(rows));
            return rows;
        }
    }
}
