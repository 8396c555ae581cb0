package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.AppException;
import io.millrace.service.SettingsException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiWithoutSqlServerTest {
    @TempDir
    static Path app;

    private static Api api;

    @BeforeAll
    static void startWithoutSqlServer() throws Exception {
        Api.endpoint(
                app,
                "customer",
                "-- GET /v1/customers/{customer_id}",
                "-- param customer_id BIGINT",
                "-- param since DATE = '2020-01-01'  only orders from this day on",
                "-- one row",
                "SELECT :customer_id, :since");
        Api.endpoint(app, "plain", "-- GET /v1/plain", "SELECT 1 AS one");
        Api.endpoint(
                app,
                "typed",
                "-- GET /v1/typed",
                "-- param i INT",
                "-- param d DECIMAL = 1.50",
                "-- param b BOOLEAN = false",
                "-- param t TIMESTAMP = NULL",
                "-- param s STRING = 'all'",
                "SELECT :i, :d, :b, :t, :s");
        api = new Api(ApiSettings.of(
                app,
                Map.of(
                        "SQL_URL",
                        "jdbc:mysql://127.0.0.1:" + MariaDb.freePort() + "/",
                        "SQL_USER",
                        "reader",
                        "SQL_PASSWORD",
                        Api.PASSWORD,
                        "POOL_SIZE",
                        2,
                        "MAX_ROWS",
                        10,
                        "QUERY_TIMEOUT_SECONDS",
                        5,
                        "CACHE_MEGABYTES",
                        1)));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        "/v1/customers/seven",
                        400,
                        "invalid_parameter",
                        "parameter 'customer_id' has the value 'seven': expected BIGINT, a whole number from"
                                + " -9223372036854775808 to 9223372036854775807"),
                Arguments.of(
                        "/v1/customers/7?snce=2026-01-01",
                        400,
                        "unknown_parameter",
                        "unknown parameter 'snce' — did you mean 'since'?"),
                Arguments.of(
                        "/v1/customers/7?customer_id=8",
                        400,
                        "unknown_parameter",
                        "unknown parameter 'customer_id' (known: since)"),
                Arguments.of(
                        "/v1/plain?x=1",
                        400,
                        "unknown_parameter",
                        "unknown parameter 'x': /v1/plain takes none in its query string"),
                Arguments.of(
                        "/v1/customers/7?since=yesterday",
                        400,
                        "invalid_parameter",
                        "parameter 'since' has the value 'yesterday': expected DATE, a date such as 2026-01-31"),
                Arguments.of(
                        "/v1/customers/7?since=",
                        400,
                        "invalid_parameter",
                        "parameter 'since' has the value '': expected DATE, a date such as 2026-01-31, or leave it out"),
                Arguments.of(
                        "/v1/customers/7?since=2026-01-01&since=2026-01-02",
                        400,
                        "invalid_parameter",
                        "parameter 'since' is given 2 times: give it once"),
                Arguments.of(
                        "/v1/typed",
                        400,
                        "missing_parameter",
                        "parameter 'i' (INT) is missing: add ?i=…, a whole number from -2147483648 to 2147483647"),
                Arguments.of(
                        "/v1/typed?i=1&d=1e9",
                        400,
                        "invalid_parameter",
                        "parameter 'd' has the value '1e9': expected DECIMAL, a decimal number of at most 38 digits such"
                                + " as 12.50"),
                Arguments.of(
                        "/v1/custmers/7",
                        404,
                        "no_such_endpoint",
                        "no endpoint at /v1/custmers/7 — did you mean '/v1/customers/{customer_id}'?"),
                Arguments.of(
                        "/nothing/here", 404, "no_such_endpoint", "no endpoint at /nothing/here: GET / lists them all"),
                Arguments.of(
                        "/v1/plain",
                        503,
                        "sql_unavailable",
                        "the SQL server cannot be reached: try again in a few seconds"),
                Arguments.of(
                        "/ready",
                        503,
                        "sql_unavailable",
                        "the SQL server cannot be reached: try again in a few seconds"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusalSaysWhatIsWrongAndHowToFixIt(String path, int status, String code, String detail) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Api.json(response);
        assertThat(problem.get("detail").asText()).isEqualTo(detail);
        assertThat(problem.get("code").asText()).isEqualTo(code);
        assertThat(problem.get("type").asText()).isEqualTo("urn:millrace:problem:" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(problem.get("instance").asText()).isEqualTo(path.split("\\?")[0]);
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
        assertThat(response.body()).doesNotContain(Api.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        HttpResponse<String> response = api.send(method, "/v1/plain");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(Api.json(response).get("code").asText()).isEqualTo("method_not_allowed");
    }

    @Test
    void callersLearnAtOnceThatTheServerIsAway() throws Exception {
        long start = System.nanoTime();
        assertThat(api.get("/v1/plain").statusCode()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void processIsHealthyWithoutSqlServer() throws Exception {
        assertThat(api.get("/health").statusCode()).isEqualTo(200);
        HttpResponse<String> head = api.send("HEAD", "/health");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void indexListsTheEndpoints() throws Exception {
        JsonNode index = Api.json(api.get("/"));
        assertThat(index.get("endpoints").findValuesAsText("path"))
                .containsExactly("/v1/customers/{customer_id}", "/v1/plain", "/v1/typed", "/v1/explain/{table}/{key}");
        assertThat(index.at("/links/openapi").asText()).isEqualTo("/openapi.json");
    }

    @Test
    void metricsCountRequestsByEndpointAndStatus() throws Exception {
        api.get("/v1/typed");
        api.get("/nothing");
        assertThat(api.get("/metrics").body())
                .contains("http_server_requests_seconds_count{endpoint=\"typed\",status=\"400\"}")
                .contains("http_server_requests_seconds_count{endpoint=\"none\",status=\"404\"}")
                .contains("hikaricp_connections_max{pool=\"sql\"} 2.0")
                .contains("millrace_api_cache_requests_total{result=\"miss\"}")
                .contains("jvm_memory_used_bytes")
                .doesNotContain(Api.PASSWORD);
    }

    @Test
    void brokenEndpointFileStopsTheStart(@TempDir Path broken) throws Exception {
        Api.endpoint(broken, "a", "-- GET /v1/a", "SELECT :x");
        Api.endpoint(broken, "b", "-- GET /v1/b");
        assertThatThrownBy(() -> new Api(Api.settings(broken, "jdbc:mysql://127.0.0.1:1/")))
                .isInstanceOf(AppException.class)
                .hasMessageContaining("endpoints/a.sql:2: parameter ':x' is not declared")
                .hasMessageContaining("endpoints/b.sql:2: no query");
    }

    @Test
    void namesAndValuesOfParametersMayHoldAnything() throws Exception {
        HttpResponse<String> response = api.get("/v1/typed?i=1&" + Api.encode("<a>\"&'") + "=1");
        assertThat(Api.json(response).get("detail").asText())
                .startsWith("unknown parameter '<a>\"&'' (known: b, d, i, s, t)");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void portInUseIsNamed() {
        ServingApiSettings settings = ApiSettings.of(
                app,
                Map.of(
                        "PORT",
                        api.server.port(),
                        "SQL_URL",
                        "jdbc:mysql://127.0.0.1:1/",
                        "POOL_SIZE",
                        2,
                        "MAX_ROWS",
                        10,
                        "QUERY_TIMEOUT_SECONDS",
                        5,
                        "CACHE_MEGABYTES",
                        1));
        assertThatThrownBy(() -> new Api(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + api.server.port());
    }
}
