package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFolder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class ShopEndpointsTest {
    private static final Path SHOP = Path.of("..", "apps", "shop");

    @TempDir
    Path folder;

    @Test
    void everyFileIsAnEndpoint() throws Exception {
        assertThat(EndpointFolder.read(SHOP))
                .extracting(Endpoint::path)
                .containsExactly(
                        "/v1/customers/{customer_id}",
                        "/v1/revenue",
                        "/v1/tickets/{ticket_id}",
                        "/v1/tickets/{ticket_id}/attachments",
                        "/v1/ticket-counts",
                        "/v1/tickets");
    }

    /** MariaDB has no catalogs: {@code lake.shop.orders} becomes {@code shop.orders}. Needs MariaDB. */
    @EnabledIf(value = "io.millrace.api.MariaDb#installed", disabledReason = MariaDb.NEEDED)
    @Test
    void everyEndpointAnswersFromTheTables() throws Exception {
        MariaDb database = MariaDb.shared();
        try {
            Path app = folder.resolve("shop");
            Files.createDirectories(app.resolve("endpoints"));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(SHOP.resolve("endpoints"))) {
                for (Path file : files) {
                    Files.writeString(
                            app.resolve("endpoints").resolve(file.getFileName()),
                            Files.readString(file).replace("lake.shop.", "shop."));
                }
            }
            database.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.customers (customer_id BIGINT, name TEXT, email TEXT, country TEXT,"
                            + " language TEXT, created_at DATETIME(3), updated_at DATETIME(3))",
                    "INSERT INTO shop.customers VALUES"
                            + " (7, 'Ada', 'ada@example.org', 'DE', 'de', '2026-01-01 10:00:00', '2026-01-01 10:00:00'),"
                            + " (8, 'Bo', 'bo@example.org', 'SE', 'sv', '2026-01-02 10:00:00', '2026-01-02 10:00:00')",
                    "CREATE TABLE shop.orders (order_id BIGINT, customer_id BIGINT, status TEXT,"
                            + " total DECIMAL(12, 2), placed_at DATETIME(3), updated_at DATETIME(3))",
                    "INSERT INTO shop.orders VALUES"
                            + " (1, 7, 'paid', 10.50, '2026-01-03 10:00:00', '2026-01-03 10:00:00'),"
                            + " (2, 7, 'paid', 0.60, '2026-01-04 10:00:00', '2026-01-04 10:00:00'),"
                            + " (3, 7, 'cancelled', 99, '2026-01-05 10:00:00', '2026-01-05 10:00:00')",
                    "CREATE TABLE shop.tickets (ticket_id BIGINT, customer_id BIGINT, subject TEXT, body TEXT,"
                            + " channel TEXT, status TEXT, created_at DATETIME(3), updated_at DATETIME(3))",
                    "INSERT INTO shop.tickets VALUES"
                            + " (1, 7, 'Late', 'Where is it?', 'mail', 'open', '2026-01-06 10:00:00', '2026-01-06 10:00:00'),"
                            + " (2, 7, 'Thanks', 'It came.', 'mail', 'closed', '2026-01-07 10:00:00', '2026-01-07 10:00:00')",
                    "CREATE TABLE shop.ticket_triage (ticket_id BIGINT, sentiment TEXT, topic TEXT, order_id BIGINT,"
                            + " order_status TEXT, priority INT, reply TEXT, _finished_at DATETIME(3))",
                    "CREATE TABLE shop.revenue_by_day (day DATE, product_id BIGINT, product TEXT, orders BIGINT,"
                            + " quantity BIGINT, revenue DECIMAL(38, 2))",
                    "INSERT INTO shop.revenue_by_day VALUES ('2026-01-03', 1, 'Mug', 1, 2, 10.50),"
                            + " ('2026-01-04', 1, 'Mug', 1, 1, 0.60), ('2026-01-04', 2, 'Cap', 1, 1, 5.00)");
            try (Api api = new Api(Api.settings(app, database.url()))) {
                await().until(() -> api.get("/ready").statusCode() == 200);
                assertThat(api.get("/v1/customers/7").body())
                        .isEqualTo("{\"customer_id\":7,\"name\":\"Ada\",\"email\":\"ada@example.org\","
                                + "\"country\":\"DE\",\"language\":\"de\",\"created_at\":\"2026-01-01T10:00:00Z\","
                                + "\"orders\":2,\"spent\":11.10,\"last_order_at\":\"2026-01-04T10:00:00Z\","
                                + "\"open_tickets\":1}");
                assertThat(api.get("/v1/customers/7?since=2026-01-04").body()).contains("\"orders\":1,\"spent\":0.60");
                assertThat(api.get("/v1/customers/8").body())
                        .contains("\"orders\":0", "\"last_order_at\":null", "\"open_tickets\":0");
                assertThat(api.get("/v1/customers/9").statusCode()).isEqualTo(404);
                assertThat(api.get("/v1/tickets/2").body())
                        .contains("\"customer_name\":\"Ada\"", "\"body\":\"It came.\"", "\"status\":\"closed\"");
                assertThat(Api.json(api.get("/v1/tickets")).findValuesAsText("ticket_id"))
                        .containsExactly("2", "1");
                assertThat(Api.json(api.get("/v1/tickets?status=open")).findValuesAsText("ticket_id"))
                        .containsExactly("1");
                assertThat(Api.json(api.get("/v1/tickets?limit=1")).findValuesAsText("ticket_id"))
                        .containsExactly("2");
                assertThat(api.get("/v1/ticket-counts").body())
                        .startsWith("{\"rows\":[{\"status\":\"closed\",\"tickets\":1,");
                assertThat(Api.json(api.get("/v1/revenue?from=2026-01-04&to=2026-01-04"))
                                .findValuesAsText("product"))
                        .containsExactly("Mug", "Cap");
                assertThat(api.get("/v1/revenue?from=2026-01-01&to=2026-01-31&product_id=2")
                                .body())
                        .isEqualTo("{\"rows\":[{\"day\":\"2026-01-04\",\"product_id\":2,\"product\":\"Cap\","
                                + "\"orders\":1,\"quantity\":1,\"revenue\":5.00}],\"count\":1,\"truncated\":false}");
            }
        } finally {
            database.execute("DROP DATABASE shop");
        }
    }
}
