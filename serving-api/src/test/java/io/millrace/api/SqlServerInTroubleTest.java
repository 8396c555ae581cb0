package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs MariaDB; takes about ten seconds. */
@EnabledIf(value = "io.millrace.api.MariaDb#installed", disabledReason = MariaDb.NEEDED)
class SqlServerInTroubleTest {
    @TempDir
    static Path folder;

    private static MariaDb database;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        database = MariaDb.start(folder);
        database.execute(
                "CREATE DATABASE d",
                "CREATE TABLE d.numbers (n BIGINT PRIMARY KEY)",
                "INSERT INTO d.numbers VALUES (1), (2), (3)",
                "CREATE USER reader IDENTIFIED BY '" + Api.PASSWORD + "'",
                "GRANT SELECT ON d.* TO reader");
        Path app = folder.resolve("app");
        Api.endpoint(
                app,
                "number",
                "-- GET /v1/numbers/{n}",
                "-- param n BIGINT",
                "-- one row",
                "SELECT n FROM d.numbers WHERE n = :n");
        Api.endpoint(app, "two_rows", "-- GET /v1/two-rows", "-- one row", "SELECT n FROM d.numbers");
        Api.endpoint(app, "twice", "-- GET /v1/twice", "SELECT 1 AS a, 2 AS a");
        Api.endpoint(app, "broken", "-- GET /v1/broken", "SELECT secret_column FROM d.numbers");
        Api.endpoint(app, "slow", "-- GET /v1/slow", "-- param seconds DOUBLE", "SELECT SLEEP(:seconds) AS slept");
        api = new Api(ApiSettings.ofReader(app, database.url(), Api.PASSWORD));
        await().until(() -> api.get("/ready").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/broken", "/v1/two-rows", "/v1/twice"})
    void failedQueryTellsNothingOfItsSql(String path) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(Api.json(response).get("code").asText()).isEqualTo("query_failed");
        assertThat(response.body()).doesNotContainIgnoringCase("select").doesNotContain("secret_column", Api.PASSWORD);
    }

    @Test
    void slowQueryEndsAndItsConnectionIsUsableAgain() throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> response = api.get("/v1/slow?seconds=20");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(Api.json(response).get("detail").asText())
                .isEqualTo("the query of slow ran longer than 2 s: ask for less at once");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
        assertThat(api.get("/v1/numbers/1").statusCode()).isEqualTo(200);
    }

    @Test
    void moreCallersThanMayWaitAreToldToComeBack() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> callers = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            callers.add(api.start("/v1/slow?seconds=0." + (500 + i)));
        }
        List<HttpResponse<String>> responses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> caller : callers) {
            responses.add(caller.get(20, TimeUnit.SECONDS));
        }
        assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200, 429);
        assertThat(responses)
                .filteredOn(response -> response.statusCode() == 429)
                .hasSize(6)
                .allSatisfy(response ->
                        assertThat(response.headers().firstValue("Retry-After")).hasValue("1"));
    }

    @Test
    void requestUnderWayIsAnsweredBeforeTheEnd() throws Exception {
        Api ending = new Api(Api.settings(folder.resolve("app"), database.url()));
        CompletableFuture<HttpResponse<String>> caller = ending.start("/v1/slow?seconds=1.5");
        await().until(() -> sleeping("1.5"));
        ending.close();
        assertThat(caller.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void apiComesBackWithItsSqlServer() throws Exception {
        database.kill();
        try {
            assertThat(api.get("/v1/numbers/1").statusCode()).isEqualTo(503);
            assertThat(api.get("/ready").statusCode()).isEqualTo(503);
        } finally {
            database.restart();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(api.get("/v1/numbers/1").statusCode()).isEqualTo(200));
        assertThat(api.get("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void wrongPasswordIsNeverShown() throws Exception {
        Path app = folder.resolve("app");
        try (Api locked = new Api(ApiSettings.ofReader(app, database.url(), "wrong-" + Api.PASSWORD))) {
            HttpResponse<String> response = locked.get("/v1/numbers/1");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).doesNotContain(Api.PASSWORD).doesNotContain("reader");
        }
    }

    private static boolean sleeping(String seconds) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM information_schema.processlist"
                        + " WHERE info LIKE 'SELECT SLEEP(" + seconds + "%'")) {
            return rows.next() && rows.getInt(1) == 1;
        }
    }
}
