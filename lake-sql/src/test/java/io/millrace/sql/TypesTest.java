package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TimeZone;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type, read as Parquet by DuckDB ("plain") and merged by Paimon ("merged"), far from UTC. */
class TypesTest {
    private static final TimeZone BEFORE = TimeZone.getDefault();
    private static final String LONG_TEXT = "é".repeat(100_000);

    @TempDir
    static Path directory;

    private static TestLake lake;
    private static RunningLakeSql sql;

    @BeforeAll
    static void writeBothTables() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        lake = new TestLake(directory.resolve("warehouse"));
        sql = new RunningLakeSql(lake);
        for (String table : new String[] {"plain", "merged"}) {
            Schema.Builder schema = Schema.newBuilder()
                    .column("id", DataTypes.INT().notNull())
                    .column("truth", DataTypes.BOOLEAN())
                    .column("tiny", DataTypes.TINYINT())
                    .column("small", DataTypes.SMALLINT())
                    .column("large", DataTypes.BIGINT())
                    .column("single", DataTypes.FLOAT())
                    .column("dual", DataTypes.DOUBLE())
                    .column("price", DataTypes.DECIMAL(10, 2))
                    .column("huge", DataTypes.DECIMAL(38, 10))
                    .column("code", DataTypes.CHAR(3))
                    .column("note", DataTypes.STRING())
                    .column("bytes", DataTypes.BYTES())
                    .column("day", DataTypes.DATE())
                    .column("at0", DataTypes.TIMESTAMP(0))
                    .column("at3", DataTypes.TIMESTAMP(3))
                    .column("at6", DataTypes.TIMESTAMP(6))
                    .column("at9", DataTypes.TIMESTAMP(9))
                    .column("instant3", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3))
                    .column("instant6", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6))
                    .column("numbers", DataTypes.ARRAY(DataTypes.INT()))
                    .column("attributes", DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()))
                    .column(
                            "place",
                            DataTypes.ROW(
                                    DataTypes.FIELD(100, "city", DataTypes.STRING()),
                                    DataTypes.FIELD(101, "zip", DataTypes.INT())))
                    .option("file.format", "parquet");
            if (table.equals("merged")) {
                schema.primaryKey("id").option("bucket", "1").option("write-only", "true");
            } else {
                schema.option("bucket", "-1");
            }
            lake.create(table, schema);
            lake.write(table, full(1, "A \uD83D\uDE00 'q' \"d\" \\ \n"), full(2, LONG_TEXT));
            GenericRow nulls = new GenericRow(22);
            nulls.setField(0, 3);
            lake.write(table, nulls, full(4, ""));
        }
    }

    private static GenericRow full(int id, String note) {
        Timestamp at = Timestamp.fromMicros(1767225600123456L);
        return GenericRow.of(
                id,
                true,
                (byte) -7,
                (short) 300,
                Long.MAX_VALUE,
                1.5f,
                -0.1d,
                Decimal.fromBigDecimal(new BigDecimal("-12345678.90"), 10, 2),
                Decimal.fromBigDecimal(new BigDecimal("1234567890123456789012345678.0123456789"), 38, 10),
                text("abc"),
                text(note),
                new byte[] {0, -1, 39},
                20454,
                Timestamp.fromEpochMillis(1767225600000L),
                Timestamp.fromEpochMillis(1767225600123L),
                at,
                Timestamp.fromEpochMillis(1767225600123L, 456_789),
                Timestamp.fromEpochMillis(1767225600123L),
                at,
                new GenericArray(new Object[] {1, null, 3}),
                new GenericMap(Map.of(text("k"), 9L)),
                GenericRow.of(text("Köln"), 50667));
    }

    @AfterAll
    static void close() throws Exception {
        sql.close();
        lake.close();
        TimeZone.setDefault(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "merged"})
    void everyTypeComesBackAsItWasWritten(String table) throws SQLException {
        assertThat(sql.query("SELECT id, truth, tiny, small, large, single, dual, price, huge, code, day FROM " + table
                        + " WHERE id = 1"))
                .containsExactly("1|1|-7|300|9223372036854775807|1.5|-0.1|-12345678.90"
                        + "|1234567890123456789012345678.0123456789|abc|2026-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "merged"})
    void timestampsAreUtcAndKeepTheirPrecisionWhateverZoneTheServerIsIn(String table) throws SQLException {
        assertThat(sql.query("SELECT at0, at3, at6, at9, instant3, instant6 FROM " + table + " WHERE id = 1"))
                .containsExactly("2026-01-01 00:00:00|2026-01-01 00:00:00.123|2026-01-01 00:00:00.123456"
                        + "|2026-01-01 00:00:00.123456|2026-01-01 00:00:00.123|2026-01-01 00:00:00.123456");
        assertThat(sql.query("SELECT count(*) FROM " + table
                        + " WHERE at3 = '2026-01-01 00:00:00.123' AND instant6 >= '2026-01-01' AND day = '2026-01-01'"))
                .containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "merged"})
    void nestedValuesAreShownAsJson(String table) throws SQLException {
        assertThat(sql.query(
                        "SELECT numbers, attributes, place, place.city, numbers[1] FROM " + table + " WHERE id = 1"))
                .containsExactly("[1,null,3]|{\"k\":9}|{\"city\":\"Köln\",\"zip\":50667}|Köln|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "merged"})
    void nullsEmptyTextsEmojiBytesAndLongTextsSurvive(String table) throws SQLException {
        try (Connection connection = sql.connect();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("SELECT note, bytes FROM " + table + " ORDER BY id")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("A \uD83D\uDE00 'q' \"d\" \\ \n");
            assertThat(row.getBytes(2)).containsExactly(0, -1, 39);
            row.next();
            assertThat(row.getString(1)).isEqualTo(LONG_TEXT);
            row.next();
            assertThat(row.getString(1)).isNull();
            assertThat(row.getBytes(2)).isNull();
            row.next();
            assertThat(row.getString(1)).isEmpty();
        }
        assertThat(sql.query("SELECT * FROM " + table + " WHERE id = 3").get(0)).isEqualTo("3" + "|null".repeat(21));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "merged"})
    void preparedStatementsOfTheServerSendTheSameValues(String table) throws SQLException {
        String options = "sslMode=DISABLED&allowPublicKeyRetrieval=true&useServerPrepStmts=true&connectionTimeZone=UTC";
        try (Connection connection = sql.connect("shop", options);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT id, truth, tiny, small, large, single, dual, price, huge, note, day, at6, NULL, at0 FROM "
                                + table + " WHERE id = ? AND note LIKE ? AND price < ? AND at3 > ?")) {
            statement.setInt(1, 1);
            statement.setString(2, "A%");
            statement.setBigDecimal(3, new BigDecimal("0.5"));
            statement.setObject(4, java.time.LocalDateTime.of(2025, 12, 31, 23, 59));
            for (int round = 0; round < 2; round++) {
                try (ResultSet row = statement.executeQuery()) {
                    assertThat(RunningLakeSql.rows(row))
                            .containsExactly("1|1|-7|300|9223372036854775807|1.5|-0.1|-12345678.90"
                                    + "|1234567890123456789012345678.0123456789|A \uD83D\uDE00 'q' \"d\" \\ \n|2026-01-01"
                                    + "|2026-01-01 00:00:00.123456|null|2026-01-01 00:00:00");
                }
            }
        }
    }

    @Test
    void valuesLongerThanOnePacketArriveWhole() throws SQLException {
        assertThat(sql.query("SELECT length(repeat('x', 17000000)), md5(repeat('x', 17000000)) = md5(t.v) FROM"
                        + " (SELECT repeat('x', 17000000) AS v) t"))
                .containsExactly("17000000|1");
        assertThat(sql.query("SELECT repeat('x', 17000000)").get(0)).hasSize(17_000_000);
        assertThat(sql.query("SELECT repeat('x', 16777210)").get(0)).hasSize(16_777_210);
    }

    @Test
    void aColumnThatCannotBeShownFailsOnlyWhereItIsAskedFor() throws Exception {
        lake.create(
                "variants",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("any", DataTypes.VARIANT())
                        .option("bucket", "-1"));
        assertThat(sql.query("SELECT id FROM variants")).isEmpty();
        lake.write("variants", GenericRow.of(5, org.apache.paimon.data.variant.GenericVariant.fromJson("{\"a\":1}")));
        assertThat(sql.query("SELECT id FROM variants")).containsExactly("5");
        assertThat(sql.query("SELECT count(*) FROM variants")).containsExactly("1");
        assertThatThrownBy(() -> sql.query("SELECT * FROM variants"))
                .hasMessageContaining("column any of shop.variants has type VARIANT");
    }
}
