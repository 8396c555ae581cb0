package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of DIALECT.md. */
class DialectTest {
    @TempDir
    static Path directory;

    private static TestLake lake;
    private static RunningLakeSql sql;

    @BeforeAll
    static void writeOrders() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        lake.create(
                "orders",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("customer", DataTypes.STRING())
                        .column("amount", DataTypes.DECIMAL(10, 2))
                        .column("status", DataTypes.STRING())
                        .column("placed_at", DataTypes.TIMESTAMP(3))
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("write-only", "true"));
        lake.write(
                "orders",
                order(1, "Ann", "10.50", "paid", "2026-01-31T08:15:30.250"),
                order(2, "Bob", "20.00", "open", "2026-02-01T12:00:00"));
        lake.write("orders", order(3, "Ann", null, "open", "2026-02-01T23:59:59.999"));
        sql = new RunningLakeSql(lake);
        // the cache holds the table before its statistics are asked for
        sql.query("SELECT * FROM orders");
    }

    private static GenericRow order(
            int id, String customer, @org.jspecify.annotations.Nullable String amount, String status, String at) {
        return GenericRow.of(
                id,
                text(customer),
                amount == null ? null : Decimal.fromBigDecimal(new BigDecimal(amount), 10, 2),
                text(status),
                Timestamp.fromLocalDateTime(java.time.LocalDateTime.parse(at)));
    }

    @AfterAll
    static void stop() throws Exception {
        sql.close();
        lake.close();
    }

    static Stream<Arguments> examples() throws IOException {
        return Files.readAllLines(Path.of("DIALECT.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("(?<!\\\\)\\|"))
                .map(cells -> Arguments.of(code(cells[1]), code(cells[2])));
    }

    private static String code(String cell) {
        return cell.strip()
                .replaceAll("^`+ ?|(?<=[` ])`+$|`+$", "")
                .replace("\\|", "|")
                .strip();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleGivesItsAnswer(String statement, String answer) throws SQLException {
        try (Connection connection = sql.connect();
                ResultSet row = connection.createStatement().executeQuery(statement)) {
            assertThat(row.next()).isTrue();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                // the bytes as they were sent: the driver would write numbers and times in its own way
                byte[] value = row.getBytes(i);
                values.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
            }
            assertThat(String.join("|", values).strip()).isEqualTo(answer);
        }
    }
}
