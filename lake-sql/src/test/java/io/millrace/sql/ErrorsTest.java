package io.millrace.sql;

import static io.millrace.sql.TestLake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors carry MySQL's numbers, name what is wrong, and end only the statement they belong to. */
class ErrorsTest {
    private static final String ENDLESS = "SELECT sum(a.range * b.range) FROM range(100000000) a, range(1000000) b";

    @TempDir
    static Path directory;

    private static TestLake lake;
    private static RunningLakeSql sql;

    @BeforeAll
    static void start() throws Exception {
        lake = new TestLake(directory.resolve("warehouse"));
        lake.create(
                "orders",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("name", DataTypes.STRING())
                        .option("bucket", "-1"));
        lake.write("orders", GenericRow.of(1, text("one")));
        sql = new RunningLakeSql(lake, 128, 2, 4);
    }

    @AfterAll
    static void stop() throws Exception {
        sql.close();
        lake.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELEC 1; 1064; 42000; no statement begins with SELEC — did you mean",
                "SELECT FROM WHERE; 1064; 42000; syntax error at or near",
                "SELECT * FROM order_s; 1146; 42S02; table shop.order_s does not exist — did you mean 'orders'?",
                "SELECT * FROM nowhere.orders; 1049; 42000; database nowhere does not exist (known: shop)",
                "SELECT * FROM lak.shop.orders; 1049; 42000; catalog lak does not exist — did you mean 'lake'?",
                "SELECT nme FROM orders; 1054; 42S22; column nme does not exist — did you mean 'name'?",
                "SELECT o.nme FROM orders o; 1054; 42S22; column nme does not exist",
                "SELECT id FROM orders a JOIN orders b ON a.id = b.id; 1052; 23000; Ambiguous",
                "SELECT id, count(*) FROM orders GROUP BY name; 1055; 42000; GROUP BY",
                "SELECT date_formt(name, '%Y') FROM orders; 1305; 42000; function date_formt does not exist — did you mean 'date_format'?",
                "SELECT lpad('x', 2000000000, 'y'); 1105; HY000; a text of more than 67108864 characters",
                "SELECT repeat('x', 2000000000); 1105; HY000; a text of more than 67108864 characters",
                "USE nowhere; 1049; 42000; database nowhere does not exist",
                "KILL 999999; 1094; HY000; session 999999 does not exist"
            })
    void namesWhatIsWrong(String statement, int code, String state, String message) throws SQLException {
        try (Connection connection = sql.connect();
                Statement client = connection.createStatement()) {
            assertThatThrownBy(() -> client.execute(statement)).isInstanceOfSatisfying(SQLException.class, e -> {
                assertThat(e.getMessage()).contains(message).doesNotContain("LINE");
                assertThat(e.getErrorCode()).isEqualTo(code);
                assertThat(e.getSQLState()).isEqualTo(state);
            });
            assertThat(RunningLakeSql.rows(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void aQueryThatTakesTooLongIsEndedAndTheConnectionGoesOn() throws SQLException {
        try (Connection connection = sql.connect()) {
            assertThatThrownBy(() -> RunningLakeSql.rows(connection, ENDLESS))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1317))
                    .hasMessageContaining("queryTimeoutSeconds = 2");
            assertThat(RunningLakeSql.rows(connection, "SELECT count(*) FROM orders"))
                    .containsExactly("1");
        }
    }

    @Test
    void killEndsAnotherSessionsQuery() throws SQLException {
        try (Connection victim = sql.connect();
                Connection killer = sql.connect()) {
            String id = RunningLakeSql.rows(victim, "SELECT connection_id()").get(0);
            CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> {
                try {
                    RunningLakeSql.rows(victim, ENDLESS);
                    return new AssertionError("it ended by itself");
                } catch (SQLException e) {
                    return e;
                }
            });
            Awaitility.await().until(() -> RunningLakeSql.rows(killer, "SHOW PROCESSLIST").stream()
                    .anyMatch(row -> row.startsWith(id + "|") && row.contains("|Query|")));
            try (Statement kill = killer.createStatement()) {
                kill.execute("KILL QUERY " + id);
            }
            assertThat(end.join()).hasMessage("the query was killed");
            assertThat(RunningLakeSql.rows(victim, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void aQueryThatNeedsTooMuchMemoryFailsAlone() throws SQLException {
        try (Connection connection = sql.connect()) {
            assertThatThrownBy(() -> RunningLakeSql.rows(
                            connection,
                            "SELECT length(string_agg(concat(repeat('x', 1000), a.range), '')) FROM range(1000000) a"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1041))
                    .hasMessageContaining("memoryLimitMebibytes");
            assertThat(RunningLakeSql.rows(connection, "SELECT count(*) FROM orders"))
                    .containsExactly("1");
        }
    }

    static Stream<Arguments> monsters() {
        return Stream.of(
                Arguments.of("SELECT 1" + " UNION ALL SELECT 1".repeat(20_000), "more than 500 SELECTs"),
                Arguments.of("SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000), "more than 200 parentheses"),
                Arguments.of("SELECT " + "NOT ".repeat(50_000) + "TRUE", "nested"),
                Arguments.of("SELECT 1" + " + 1".repeat(50_000), "nested"),
                Arguments.of("SELECT 1 IN (1" + ", 1".repeat(200_000) + ")", "more than 200000 words"));
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void statementsTooLargeToPlanAreRefusedAtOnce(String statement, String message) throws SQLException {
        try (Connection connection = sql.connect()) {
            assertThatThrownBy(() -> RunningLakeSql.rows(connection, statement)).hasMessageContaining(message);
            assertThat(RunningLakeSql.rows(connection, "SELECT 1" + " + 1".repeat(400)))
                    .containsExactly("401");
        }
    }

    @Test
    void wrongPasswordsUsersAndMethodsAreRefused() throws SQLException {
        String url = "jdbc:mysql://127.0.0.1:" + sql.server().port() + "/shop?allowPublicKeyRetrieval=true&";
        assertThatThrownBy(() -> DriverManager.getConnection(url + "sslMode=DISABLED", "millrace", "wrong")
                        .close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
        assertThatThrownBy(() -> DriverManager.getConnection(url + "sslMode=DISABLED", "root", RunningLakeSql.PASSWORD)
                        .close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
        assertThatThrownBy(() -> DriverManager.getConnection(url + "sslMode=DISABLED", "millrace", "")
                        .close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
        assertThatThrownBy(() -> sql.connect("shop", "sslMode=REQUIRED").close())
                .hasStackTraceContaining("SSL");
        assertThatThrownBy(() -> sql.connect("nowhere", "sslMode=DISABLED&allowPublicKeyRetrieval=true")
                        .close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1049));
        for (String options :
                List.of("sslMode=PREFERRED", "sslMode=DISABLED&defaultAuthenticationPlugin=mysql_native_password")) {
            try (Connection connection = sql.connect("lake.shop", options)) {
                assertThat(RunningLakeSql.rows(connection, "SELECT database()")).containsExactly("shop");
            }
        }
    }

    @Test
    void connectionsBeyondTheLimitAreToldSo() throws SQLException {
        try (Connection one = sql.connect();
                Connection two = sql.connect();
                Connection three = sql.connect();
                Connection four = sql.connect()) {
            assertThat(List.of(one, two, three, four)).doesNotContainNull();
            assertThatThrownBy(() -> sql.connect().close())
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                            .isEqualTo(1040));
        }
    }
}
