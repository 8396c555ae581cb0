package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import io.millrace.hot.HotTables;
import io.millrace.hotstore.HotStoreProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.row.TimestampLtz;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** /v1/lookup over a real hot store. */
class HotRowsTest {
    @TempDir
    static Path folder;

    private static HotStoreProcess store;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        store = HotStoreProcess.start(Files.createDirectory(folder.resolve("store")));
        try (HotTables tables = HotTables.connect(store.bootstrap())) {
            tables.ensure(TableFile.parse("tables/hot/x.sql", "depot", """
                    CREATE TABLE last_scan (parcel_id BIGINT, seen_at TIMESTAMP_LTZ(6), place STRING, weight DOUBLE,
                      PRIMARY KEY (parcel_id) NOT ENFORCED);
                    """));
        }
        upsert(GenericRow.of(
                7L,
                TimestampLtz.fromInstant(Instant.parse("2026-11-26T10:15:30Z")),
                BinaryString.fromString("Straße 😀"),
                null));
        Path app = Files.createDirectory(folder.resolve("depot"));
        Api.endpoint(app, "one", "-- GET /v1/one", "SELECT 1 AS one");
        api = new Api(ApiSettings.of(app, Map.of("HOT_STORE", store.bootstrap())));
    }

    /** Waits until they are acknowledged. */
    private static void upsert(GenericRow... rows) throws Exception {
        write(writer -> {
            for (GenericRow row : rows) {
                writer.upsert(row);
            }
            writer.flush();
        });
    }

    private interface Writing {
        void with(UpsertWriter writer) throws Exception;
    }

    private static void write(Writing writing) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", store.bootstrap());
        configuration.setString("client.writer.batch-timeout", "1 ms");
        try (Connection connection = ConnectionFactory.createConnection(configuration);
                Table table = connection.getTable(TablePath.of("depot", "last_scan"))) {
            writing.with(table.newUpsert().createWriter());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        store.close();
    }

    @Test
    void rowIsAnsweredByItsKey() throws Exception {
        HttpResponse<String> answer = api.get("/v1/lookup/last_scan/7");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"table\":\"hot.depot.last_scan\",\"from\":\"hot\",\"row\":{\"parcel_id\":7,"
                        + "\"seen_at\":\"2026-11-26T10:15:30Z\",\"place\":\"Straße 😀\",\"weight\":null}}");
        assertThat(Instant.parse(answer.headers().firstValue("X-Data-Freshness").orElseThrow()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(api.get("/openapi.json").body()).contains("/v1/lookup/{table}/{key}");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertProblem("/v1/lookup/last_scan/8", 404, "not_found", "hot.depot.last_scan has no row with key 8");
        assertProblem(
                "/v1/lookup/last_scans/7",
                404,
                "no_such_table",
                "hot.depot has no table 'last_scans' — did you mean 'last_scan'?");
        assertProblem(
                "/v1/lookup/last_scan/seven",
                400,
                "invalid_parameter",
                "'seven' is no BIGINT, which depot.last_scan.parcel_id is");
    }

    @Test
    void whatWasAcknowledgedIsInTheNextAnswer() throws Exception {
        write(writer -> {
            for (int weight = 0; weight < 100; weight++) {
                writer.upsert(GenericRow.of(9L, null, null, (double) weight)).get();
                assertThat(Api.json(api.get("/v1/lookup/last_scan/9"))
                                .at("/row/weight")
                                .asDouble())
                        .isEqualTo(weight);
            }
        });
    }

    @Test
    void tableThatWasMadeAnewIsFound() throws Exception {
        TableDefinition stamps = TableFile.parse(
                        "tables/hot/y.sql", "depot", "CREATE TABLE stamps (id BIGINT, PRIMARY KEY (id) NOT ENFORCED);")
                .get(0);
        try (HotTables tables = HotTables.connect(store.bootstrap())) {
            tables.ensure(List.of(stamps));
            assertThat(api.get("/v1/lookup/stamps/1").statusCode()).isEqualTo(404);
            tables.drop(stamps);
            tables.ensure(List.of(stamps));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertProblem(
                        "/v1/lookup/stamps/1", 404, "not_found", "hot.depot.stamps has no row with key 1"));
    }

    @Test
    void keyOfAMegabyteIsRefused() throws Exception {
        assertThat(api.get("/v1/lookup/last_scan/" + "7".repeat(1 << 20)).statusCode())
                .isIn(400, 414);
    }

    @Test
    void storeThatIsAwaySaysSoUntilItIsBack() throws Exception {
        assertThat(api.get("/v1/lookup/last_scan/7").statusCode()).isEqualTo(200);
        store.kill();
        HttpResponse<String> answer = api.get("/v1/lookup/last_scan/7");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Api.json(answer).path("code").asText()).isEqualTo("hot_store_unavailable");
        store.restart();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/v1/lookup/last_scan/7").statusCode() == 200);
    }

    @Test
    void appWithoutAHotStoreHasNoSuchEndpoint() throws Exception {
        try (Api without = new Api(ApiSettings.of(folder.resolve("depot"), Map.of()))) {
            assertThat(without.get("/v1/lookup/last_scan/7").statusCode()).isEqualTo(404);
            assertThat(without.get("/openapi.json").body()).doesNotContain("lookup");
        }
    }

    private static void assertProblem(String path, int status, String code, String detail) throws Exception {
        HttpResponse<String> answer = api.get(path);
        JsonNode problem = Api.json(answer);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
    }
}
