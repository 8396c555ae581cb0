package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.demo.TrafficPause;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One shop under traffic, from its first start over bad events, changed files and kills to its end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromisesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration RECOVERY = Duration.ofSeconds(150);

    @TempDir
    static Path folder;

    private static Path app;
    private static RunningPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        app = Folders.shopWithoutFiles(folder.resolve("shop"));
        platform = RunningPlatform.start(app, folder.resolve("data"), "4");
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    @Test
    @Order(1)
    void seedRowsAreReadableBySqlAndByTheApi() throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(platform.number("SELECT count(*) FROM lake.shop.orders"))
                .isGreaterThanOrEqualTo(5000));
        assertThat(platform.number("SELECT count(*) FROM lake.shop.customers")).isGreaterThanOrEqualTo(1000);
        assertThat(platform.number("SELECT count(*) FROM lake.shop.tickets")).isGreaterThanOrEqualTo(300);
        assertThat(platform.number("SELECT count(*) FROM lake.shop.reviews")).isGreaterThanOrEqualTo(500);
        HttpResponse<String> customer = platform.get("/v1/customers/5");
        assertThat(customer.statusCode()).isEqualTo(200);
        assertThat(customer.headers().firstValue("Millrace-Snapshots").orElse(""))
                .contains("lake.shop.customers=");
        assertThat(Instant.parse(
                        customer.headers().firstValue("X-Data-Freshness").orElseThrow()))
                .isBetween(Instant.now().minusSeconds(300), Instant.now());
        assertThat(new ObjectMapper()
                        .readTree(customer.body())
                        .path("customer_id")
                        .asLong())
                .isEqualTo(5);
    }

    @Test
    @Order(2)
    void theLakeEqualsTheSourceUnderTraffic() throws Exception {
        platform.assertEqual();
    }

    @Test
    @Order(3)
    void unusualValuesArriveUnchanged() throws Exception {
        String long100Kb = "ä€😀 0123456789".repeat(8000);
        platform.atSource(
                "INSERT INTO customers (name, email, country, language, created_at, updated_at) VALUES"
                        + " ('Zoë 🦊 \\''\"`', '', 'DE', '', '1969-12-31 23:59:59.999999+00', '2038-01-19 03:14:08.000001+00')");
        platform.atSource("INSERT INTO tickets (customer_id, subject, body, channel, status, created_at, updated_at)"
                + " VALUES (1, 'long', '" + long100Kb + "', 'web', 'open', now(), now())");
        platform.atSource("INSERT INTO reviews (product_id, customer_id, rating, title, body, language, created_at)"
                + " VALUES (1, 1, 5, NULL, '', 'en', now())");
        platform.assertEqual();
        assertThat(platform.column("SELECT body FROM lake.shop.tickets WHERE subject = 'long'"))
                .containsExactly(long100Kb);
        assertThat(platform.column("SELECT created_at FROM lake.shop.customers WHERE email = ''"))
                .containsExactly("1969-12-31 23:59:59.999999");
    }

    @Test
    @Order(4)
    void revenueFollowsCancellationsAndDeletions() throws Exception {
        platform.atSource("UPDATE orders SET status = 'cancelled' WHERE order_id = (SELECT max(order_id) FROM orders)");
        platform.atSource(
                "DELETE FROM order_items WHERE order_id = (SELECT min(order_id) FROM orders) AND line_no = 1");
        assertRevenueEquals("SELECT sum(revenue) FROM lake.shop.revenue_by_day");
    }

    @Test
    @Order(4)
    void hotRowsFollowTheirSources() throws Exception {
        platform.atSource("UPDATE orders SET status = 'cancelled' WHERE order_id ="
                + " (SELECT max(order_id) FROM orders WHERE customer_id = 5 AND status <> 'cancelled')");
        assertHotRowsEqual();
        HttpResponse<String> illTyped = platform.get("/v1/lookup/customer_activity/five");
        assertThat(illTyped.statusCode()).isEqualTo(400);
        assertThat(illTyped.body()).contains("'five' is no BIGINT, which shop.customer_activity.customer_id is");
    }

    @Test
    @Order(4)
    void statusAndMetricsSayHowLongCommitsTakeToTheLakeAndToTheHotStore() throws Exception {
        assertThat(platform.status().path("lags"))
                .filteredOn(lag -> lag.path("source").asText().equals("shopdb"))
                .singleElement()
                .satisfies(lag -> {
                    assertThat(lag.path("lakeMillis").asLong()).isPositive();
                    assertThat(lag.path("hotStoreMillis").asLong()).isPositive();
                });
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(platform.get("/metrics").body())
                        .contains(
                                "millrace_source_to_lake_seconds_count{pipeline=\"cdc\",source=\"shopdb\"",
                                "millrace_source_to_hot_seconds_count{pipeline=\"customer_orders\",source=\"shopdb\""));
    }

    @Test
    @Order(10)
    void theLakeAnswersWhileTheHotStoreIsAway() throws Exception {
        platform.kill("hot-store");
        JsonNode fromLake = awaitRowFrom("lake");
        assertThat(Instant.parse(fromLake.path("as_of").asText()))
                .isAfter(Instant.now().minusSeconds(120));
        JsonNode fromHot = awaitRowFrom("hot");
        assertThat(fieldNames(fromLake.path("row"))).isEqualTo(fieldNames(fromHot.path("row")));
        assertThat(fromLake.path("row").path("customer_id"))
                .isEqualTo(fromHot.path("row").path("customer_id"));
        await().atMost(RECOVERY).ignoreExceptions().until(platform::healthy);
    }

    private static JsonNode awaitRowFrom(String place) {
        return await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(
                        () -> new ObjectMapper()
                                .readTree(platform.get("/v1/lookup/customer_activity/5")
                                        .body()),
                        answer -> answer.path("from").asText().equals(place));
    }

    private static List<String> fieldNames(JsonNode row) {
        List<String> names = new ArrayList<>();
        row.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void assertHotRowsEqual() {
        for (String customer : List.of("5", "77", "310")) {
            String orders = " FROM orders WHERE status <> 'cancelled' AND customer_id = " + customer;
            await().atMost(SOON).untilAsserted(() -> {
                HttpResponse<String> answer = platform.get("/v1/lookup/customer_activity/" + customer);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode row = new ObjectMapper().readTree(answer.body()).path("row");
                assertThat(row.path("orders").asText()).isEqualTo(platform.sourceValue("SELECT count(*)" + orders));
                assertThat(row.path("spent").decimalValue())
                        .isEqualByComparingTo(platform.sourceValue("SELECT sum(total)" + orders));
                assertThat(row.path("page_views").asLong())
                        .isEqualTo(platform.number(
                                "SELECT count(*) FROM lake.shop.page_views WHERE customer_id = " + customer));
            });
        }
    }

    @Test
    @Order(5)
    void onePoisonEventStopsNothing() throws Exception {
        long before = platform.status().path("jobs").get(0).path("checkpoint").asLong();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.services().kafka()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("shopdb.public.orders", "k", "{\"op\": \"c\", \"after\": {broken"))
                    .get();
            producer.send(new ProducerRecord<>(
                            "shopdb.public.orders",
                            "k",
                            "{\"op\":\"c\",\"before\":null,\"after\":{\"order_id\":null,\"total\":\"1.00\"}}"))
                    .get();
            producer.send(new ProducerRecord<>("shop.page_views", "k", "not json at all"))
                    .get();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(platform.column(
                        "SELECT concat(source, ': ', event) FROM lake.ops.dead_letters WHERE reason IS NOT NULL"))
                .hasSize(3)
                .anyMatch(letter -> letter.startsWith("events.shop.page_views: not json"))
                .anyMatch(letter -> letter.startsWith("cdc.shop.orders: {\"op\": \"c\"")));
        assertThat(platform.column("SELECT reason FROM lake.ops.dead_letters"))
                .anyMatch(reason -> reason.contains("order_id is null or missing"));
        platform.assertEqual();
        JsonNode job = platform.status().path("jobs").get(0);
        assertThat(job.path("state").asText()).isEqualTo("running");
        assertThat(job.path("checkpoint").asLong()).isGreaterThan(before);
    }

    @Test
    @Order(6)
    void badSqlIsRefusedWithAReason() throws Exception {
        assertSqlError("SELEC 1", 1064, "SELEC");
        assertSqlError("SELECT 1; SELECT 2", 1064, "one statement");
        assertSqlError("SELECT * FROM read_text('/etc/passwd')", 0, "read_text");
        assertSqlError("SELECT getenv('HOME')", 0, "getenv");
        assertSqlError("SELECT * FROM lake.shop.order", 1146, "orders");
        assertSqlError("DROP TABLE lake.shop.orders", 0, "DROP");
        assertThat(platform.column("SELECT 1")).containsExactly("1");
    }

    @Test
    @Order(7)
    void badApiParametersNameTheFix() throws Exception {
        HttpResponse<String> unknown = platform.get("/v1/customers/5?sinse=2020-01-01");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(unknown.body()).contains("unknown_parameter").contains("since");
        HttpResponse<String> illTyped = platform.get("/v1/customers/five");
        assertThat(illTyped.statusCode()).isEqualTo(400);
        assertThat(illTyped.body())
                .contains("invalid_parameter")
                .contains("customer_id")
                .contains("BIGINT");
        assertThat(platform.get("/v1/customers/999999999").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(8)
    void aChangedPipelineGoesOnFromItsSavepoint() throws Exception {
        long rowsBefore = platform.number("SELECT count(*) FROM lake.shop.page_views");
        Folders.replace(
                app.resolve("pipelines/page_views.sql"),
                "SELECT * FROM events.shop.page_views",
                "SELECT view_id, customer_id, product_id, upper(path), referrer, user_agent, viewed_at"
                        + " FROM events.shop.page_views");
        Cli.Result result = platform.run("deploy");
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
        await().atMost(SOON).untilAsserted(() -> assertThat(platform.number(
                        "SELECT count(*) FROM lake.shop.page_views WHERE path = upper(path) AND path <> '/'"))
                .isPositive());
        assertThat(platform.number("SELECT count(*) FROM lake.shop.page_views")).isGreaterThan(rowsBefore);
        platform.assertEqual();
    }

    @Test
    @Order(8)
    void aNewEndpointIsServedAfterDeploy() throws Exception {
        Files.writeString(app.resolve("endpoints/product.sql"), """
                -- GET /v1/products/{product_id}
                -- One product.
                -- param product_id BIGINT
                -- one row, role reader
                SELECT product_id, name FROM lake.shop.products WHERE product_id = :product_id;
                """);
        assertThat(platform.get("/v1/products/3").statusCode()).isEqualTo(404);
        Cli.Result result = platform.run("deploy");
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
        assertThat(platform.get("/v1/products/3").body()).contains("\"product_id\":3");
    }

    @Test
    @Order(9)
    void aChangeThatDoesNotFitItsStateStopsWithTheTwoWaysOn() throws Exception {
        Path file = app.resolve("pipelines/revenue_by_day.sql");
        Folders.replace(file, "MAX(product) ", "CAST(MAX(product_id) AS STRING) ");
        Folders.replace(file, "SUM(CAST(quantity AS BIGINT))", "CAST(COUNT(DISTINCT quantity) AS BIGINT)");
        Cli.Result result = platform.run("deploy");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors())
                .contains("revenue_by_day")
                .contains("--from-offsets revenue_by_day")
                .contains("--rebuild revenue_by_day");
        assertThat(platform.number("SELECT count(*) FROM lake.shop.revenue_by_day"))
                .isPositive();

        Cli.Result rebuilt = platform.run("deploy", "--rebuild", "revenue_by_day");
        assertThat(rebuilt.exitCode()).as(rebuilt.output() + rebuilt.errors()).isZero();
        assertRevenueEquals(
                "SELECT sum(revenue) FROM lake.shop.revenue_by_day WHERE product = CAST(product_id AS STRING)");
    }

    @Test
    @Order(10)
    void everyKilledProcessComesBackAndNothingIsLost() throws Exception {
        // Each has one that the jobs need and one that they do not; KillRoundsTest kills any two.
        for (List<String> together : List.of(
                List.of("source-db", "lake-sql"),
                List.of("event-log", "serving-api", "hot-store"),
                List.of("compute", "inference-gateway"),
                // PostgreSQL itself is an orphan that holds its port when the launcher's next start begins.
                List.of("launcher", "source-db", "local-models"))) {
            Map<String, Long> killed = new HashMap<>();
            for (String service : together) {
                killed.put(service, platform.pid(service));
            }
            together.forEach(platform::kill);
            await().atMost(RECOVERY).pollInterval(Duration.ofMillis(500)).until(() -> killed.entrySet().stream()
                    .allMatch(before ->
                            platform.pid(before.getKey()) != before.getValue() && platform.pid(before.getKey()) != 0));
            await().atMost(RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(platform::healthy);
            System.out.println(killed + " were killed and are back");
        }
        platform.assertEqual();
        assertHotRowsEqual();
        for (JsonNode job : platform.status().path("jobs")) {
            assertThat(job.path("restoredCheckpoint").asLong())
                    .as(job.toString())
                    .isPositive();
            System.out.println(job.path("name").asText() + " was restored from checkpoint "
                    + job.path("restoredCheckpoint").asLong());
        }
    }

    @Test
    @Order(11)
    void downAndUpGoOnWhereTheyWere() throws Exception {
        Map<String, Long> before = rowsByTable();
        assertThat(platform.run("down").exitCode()).isZero();
        platform.up();
        assertThat(platform.status().path("jobs"))
                .allSatisfy(job ->
                        assertThat(job.path("restoredCheckpoint").asLong()).isPositive());
        rowsByTable().forEach((table, rows) -> {
            if (table.equals("page_views") || table.equals("customers")) {
                assertThat(rows).isGreaterThanOrEqualTo(before.get(table));
            }
        });
        platform.assertEqual();
    }

    @Test
    @Order(12)
    void secretsAreNeitherInLogsNorInJobGraphs() throws Exception {
        List<String> secrets = Files.readAllLines(platform.data.secretsFile()).stream()
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(2);
        try (var files = Files.walk(platform.data.root())) {
            for (Path file : files.filter(PromisesTest::isReadByPeople).toList()) {
                String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertThat(text.contains(secret)).as("secret in " + file).isFalse();
                }
            }
        }
    }

    @Test
    @Order(14)
    void theReadmesCommandsDoWhatItSays() throws Exception {
        int ran = 0;
        for (String line : Readme.commands()) {
            if (line.equals("./millrace up --detach")
                    || line.equals("./millrace test")
                    || line.equals("./millrace down")) {
                continue; // this test is inside the second one and stands between the others
            }
            if (line.startsWith("docker ") || line.startsWith("mysql ")) {
                continue; // of the full stack: ./millrace verify --docker, and OfflineRoundTest
            }
            String command = line.replace("./millrace bench freshness", "./millrace bench freshness --changes 5")
                    .replaceFirst(
                            "^\\./millrace (bench \\w+|\\w+)",
                            "sh " + Cli.HOME + "/millrace $1 --data " + platform.data.root())
                    .replace("127.0.0.1:8080", "127.0.0.1:" + platform.ports.servingApi());
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
            builder.environment().put("MILLRACE_BUILD", System.getProperty("millrace.build"));
            builder.redirectErrorStream(true);
            Process process = builder.start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(line + "\n" + output).isZero();
            assertThat(output).as(line).isNotBlank();
            System.out.println("$ " + line + "\n" + output);
            ran++;
        }
        assertThat(ran).isGreaterThanOrEqualTo(6);
    }

    private static boolean isReadByPeople(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && !file.startsWith(platform.data.lake())
                && !name.equals("secrets.env")
                && (name.contains(".log") || name.endsWith(".out") || name.endsWith(".yaml") || name.endsWith(".json"));
    }

    /** With the traffic held still, the query must come to what the source's orders add up to. */
    private static void assertRevenueEquals(String query) throws Exception {
        try (TrafficPause pause = TrafficPause.begin(platform.connectToSource())) {
            String expected = platform.sourceValue("SELECT sum(i.quantity * i.unit_price) FROM orders o"
                    + " JOIN order_items i USING (order_id) WHERE o.status NOT IN ('cancelled', 'returned')");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(platform.column(query)).containsExactly(expected));
        }
    }

    private static Map<String, Long> rowsByTable() throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        for (String table : List.of("customers", "orders", "order_items", "tickets", "reviews", "page_views")) {
            rows.put(table, platform.number("SELECT count(*) FROM lake.shop." + table));
        }
        return rows;
    }

    private static void assertSqlError(String sql, int code, String text) {
        Assertions.assertThatThrownBy(() -> platform.column(sql)).isInstanceOfSatisfying(SQLException.class, e -> {
            if (code != 0) {
                assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(code);
            }
            assertThat(e.getMessage()).contains(text);
        });
    }

    @Test
    @Order(13)
    void aSecondStartOnTheSameDataSaysWhoIsThere() throws Exception {
        Cli.Result result = platform.run("up");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors())
                .contains("a platform runs on " + platform.data.root() + " already (launcher pid "
                        + platform.pid("launcher") + ")");
    }

    @Test
    @Order(13)
    void theSqlServerWantsItsPassword() {
        Assertions.assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:mysql://127.0.0.1:" + platform.ports.lakeSql()
                                + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                        "millrace",
                        "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("access denied");
    }
}
