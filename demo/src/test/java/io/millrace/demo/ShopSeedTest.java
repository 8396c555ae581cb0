package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shop's rows, loaded once; what a test changes is rolled back. */
class ShopSeedTest {
    private static final String WRONG_TOTALS = """
            SELECT count(*) FROM orders o LEFT JOIN (
              SELECT order_id, sum(quantity * unit_price) AS total FROM order_items GROUP BY order_id
            ) i USING (order_id)
            WHERE o.total IS DISTINCT FROM i.total
            """;

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        SourceDatabase.shared().recreate("shop");
        connection = SourceDatabase.shared().connect("shop");
        assertThat(Seed.loadOnce(connection, Shop.seed())).isTrue();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
    }

    @ParameterizedTest
    @CsvSource({"customers, 1200", "products, 72", "orders, 6000", "order_items, 14178", "tickets, 346", "reviews, 538"
    })
    void everyTableHasItsRows(String table, long rows) throws SQLException {
        assertThat(number("SELECT count(*) FROM " + table)).isEqualTo(rows);
    }

    @Test
    void everyOrdersTotalIsTheSumOfItsItems() throws SQLException {
        assertThat(number(WRONG_TOTALS)).isZero();
    }

    @Test
    void nextRowsGetNumbersThatAreFree() throws SQLException {
        assertThat(number("INSERT INTO orders (customer_id, status, total, placed_at, updated_at)"
                        + " VALUES (1, 'placed', 0, now(), now()) RETURNING order_id"))
                .isEqualTo(106_001);
    }

    @Test
    void capturedTablesLogTheWholeOldRow() throws SQLException {
        assertThat(number("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                        + " AND relkind = 'r' AND relreplident = 'f'"))
                .isEqualTo(6);
    }

    static List<TrafficAction> actions() {
        return TrafficAction.readAll(Shop.traffic());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void everyActionRunsAndKeepsTheTotalsRight(TrafficAction action) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Statement statement = connection.createStatement()) {
                if (action.topic().isPresent()) {
                    assertEvents(statement.executeQuery(action.sql()));
                } else {
                    statement.execute(action.sql());
                }
            }
        }
        assertThat(number(WRONG_TOTALS)).isZero();
    }

    private static void assertEvents(ResultSet rows) throws Exception {
        int events = 0;
        while (rows.next()) {
            events++;
            JsonNode event = new ObjectMapper().readTree(rows.getString(2));
            assertThat(rows.getString(1))
                    .isIn(
                            event.path("customer_id").asText(),
                            event.path("view_id").asText());
            assertThat(event.path("path").asText()).startsWith("/products/");
        }
        assertThat(events).isBetween(1, 5);
    }

    private static long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
