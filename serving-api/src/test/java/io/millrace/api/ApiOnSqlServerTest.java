package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs MariaDB; takes about ten seconds. */
@EnabledIf(value = "io.millrace.api.MariaDb#installed", disabledReason = MariaDb.NEEDED)
class ApiOnSqlServerTest {
    @TempDir
    static Path folder;

    private static MariaDb database;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        database = MariaDb.shared();
        database.execute(
                "CREATE DATABASE d",
                "CREATE TABLE d.numbers (n BIGINT PRIMARY KEY)",
                "USE d",
                "INSERT INTO d.numbers SELECT seq FROM seq_1_to_3000",
                "CREATE USER reader IDENTIFIED BY '" + Api.PASSWORD + "'",
                "GRANT SELECT ON d.* TO reader");
        Path app = folder.resolve("app");
        Api.endpoint(
                app,
                "echo",
                "-- GET /v1/echo",
                "-- param s STRING = NULL",
                "-- param i INT = NULL",
                "-- param l BIGINT = NULL",
                "-- param d DECIMAL = NULL",
                "-- param f DOUBLE = NULL",
                "-- param b BOOLEAN = NULL",
                "-- param day DATE = NULL",
                "-- param t TIMESTAMP = NULL",
                "-- one row",
                "SELECT :s AS s, :i AS i, :l AS l, :d AS d, :f AS f, :b = true AS b,",
                "  CAST(:day AS DATE) AS day, CAST(:t AS DATETIME(6)) AS t");
        Api.endpoint(
                app,
                "types",
                "-- GET /v1/types",
                "-- one row",
                "SELECT 9223372036854775807 AS big, CAST('12345678901234567890.10' AS DECIMAL(38, 2)) AS exact,",
                "  CAST('2026-01-31 18:30:00.250' AS DATETIME(3)) AS at, DATE '2026-01-31' AS day, NULL AS nothing,",
                "  x'00ff10' AS raw, CAST(0.5 AS DOUBLE) AS half, 'žluť \"x\"' AS text");
        Api.endpoint(
                app,
                "number",
                "-- GET /v1/numbers/{n}",
                "-- param n BIGINT",
                "-- one row",
                "SELECT n FROM d.numbers WHERE n = :n");
        Api.endpoint(app, "text", "-- GET /v1/texts/{t}", "-- param t STRING", "-- one row", "SELECT :t AS t");
        Api.endpoint(app, "text_help", "-- GET /v1/texts/help", "-- one row", "SELECT 'fixed' AS t");
        Api.endpoint(app, "numbers", "-- GET /v1/numbers", "-- cache 60 s", "SELECT n FROM d.numbers ORDER BY n");
        Api.endpoint(
                app,
                "first_numbers",
                "-- GET /v1/first-numbers",
                "-- param limit INT = 3",
                "SELECT n FROM d.numbers ORDER BY n LIMIT :limit");
        api = new Api(ApiSettings.ofReader(app, database.url(), Api.PASSWORD));
        await().until(() -> api.get("/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        if (api != null) {
            api.close();
        }
        database.execute("DROP USER reader", "DROP DATABASE d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE d.numbers -- ",
                "\\'; DROP TABLE d.numbers -- ",
                "\\",
                "\\\\'",
                "''",
                "\" OR 1=1 -- ",
                "a%' OR '1'='1",
                "`x`/**/--\n#",
                "?:s",
                "\u0000\u001a\r\n\t",
                "縗' OR 1=1 -- ",
                "\u02bc' \uff07 ¥'",
                "🦆",
                ""
            })
    void textComesBackAsItWasGiven(String text) throws Exception {
        HttpResponse<String> response = api.get("/v1/echo?s=" + Api.encode(text));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Api.json(response).get("s").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "a b", "žluť", "100%", "';--", "{t}", "a?b&c=d"})
    void textInThePathComesBackAsItWasGiven(String text) throws Exception {
        HttpResponse<String> response = api.get("/v1/texts/" + Api.encode(text).replace("+", "%20"));
        assertThat(Api.json(response).path("t").asText()).isEqualTo(text);
    }

    @Test
    void plusInThePathIsAPlus() throws Exception {
        assertThat(api.get("/v1/texts/a+b").body()).isEqualTo("{\"t\":\"a+b\"}");
    }

    @Test
    void fixedPathGoesBeforeAParameter() throws Exception {
        assertThat(api.get("/v1/texts/help").body()).isEqualTo("{\"t\":\"fixed\"}");
    }

    @Test
    void everyTypeIsBoundAsItself() throws Exception {
        HttpResponse<String> response = api.get("/v1/echo?i=-7&l=9223372036854775807&d=0.10&f=1e-3&b=true"
                + "&day=2026-01-31&t=" + Api.encode("2026-01-31T18:30:00.25+02:00"));
        assertThat(response.body())
                .isEqualTo("{\"s\":null,\"i\":-7,\"l\":9223372036854775807,\"d\":0.10,\"f\":0.001,\"b\":1,"
                        + "\"day\":\"2026-01-31\",\"t\":\"2026-01-31T16:30:00.250Z\"}");
    }

    @Test
    void valuesBecomeJsonWithoutLoss() throws Exception {
        HttpResponse<String> response = api.get("/v1/types");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo("{\"big\":9223372036854775807,\"exact\":12345678901234567890.10,"
                        + "\"at\":\"2026-01-31T18:30:00.250Z\",\"day\":\"2026-01-31\",\"nothing\":null,"
                        + "\"raw\":\"AP8Q\",\"half\":0.5,\"text\":\"žluť \\\"x\\\"\"}");
    }

    @Test
    void oneRowIsAnObjectAndNoRowIsNotFound() throws Exception {
        assertThat(api.get("/v1/numbers/7").body()).isEqualTo("{\"n\":7}");
        HttpResponse<String> none = api.get("/v1/numbers/-7");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(Api.json(none).get("code").asText()).isEqualTo("not_found");
        assertThat(Api.json(none).get("detail").asText())
                .isEqualTo("number has nothing at /v1/numbers/-7: check its values");
    }

    @Test
    void listIsCutAtMaxRowsAndSaysSo() throws Exception {
        JsonNode cut = Api.json(api.get("/v1/numbers"));
        assertThat(cut.get("rows")).hasSize(1000);
        assertThat(cut.get("count").asInt()).isEqualTo(1000);
        assertThat(cut.get("truncated").asBoolean()).isTrue();
        assertThat(Api.json(api.get("/v1/first-numbers?limit=2500"))
                        .get("truncated")
                        .asBoolean())
                .isTrue();
        assertThat(Api.json(api.get("/v1/first-numbers?limit=1000"))
                        .get("truncated")
                        .asBoolean())
                .isFalse();
        assertThat(api.get("/v1/first-numbers").body())
                .isEqualTo("{\"rows\":[{\"n\":1},{\"n\":2},{\"n\":3}],\"count\":3,\"truncated\":false}");
    }

    @Test
    void answerKeptByItsCallerNeedsNoBody() throws Exception {
        HttpResponse<String> first = api.get("/v1/numbers");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=60");
        HttpResponse<String> second = api.get("/v1/numbers", "If-None-Match", "\"other\", " + tag);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).hasValue(tag);
        assertThat(api.get("/v1/numbers", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(api.get("/v1/first-numbers").headers().firstValue("Cache-Control"))
                .hasValue("no-cache");
        assertThat(api.get("/metrics").body())
                .containsPattern("millrace_api_cache_requests_total\\{result=\"hit\"} [1-9]");
    }

    @Test
    void serverWithoutSnapshotsMeansNoHeader() throws Exception {
        assertThat(api.get("/v1/first-numbers").headers().firstValue("Millrace-Snapshots"))
                .isEmpty();
    }
}
