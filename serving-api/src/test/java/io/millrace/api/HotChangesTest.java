package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.api.EventStream.Event;
import io.millrace.app.table.TableFile;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotTables;
import io.millrace.hotstore.HotStoreProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.row.TimestampLtz;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** /v1/changes over a real hot store. */
class HotChangesTest {
    private static final Duration QUIET = Duration.ofMillis(1500);

    @TempDir
    static Path folder;

    private static HotStoreProcess store;
    private static HotWriter writer;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        store = HotStoreProcess.start(Files.createDirectory(folder.resolve("store")));
        try (HotTables tables = HotTables.connect(store.bootstrap())) {
            tables.ensure(TableFile.parse("tables/hot/x.sql", "depot", """
                    CREATE TABLE parcels (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED);
                    CREATE TABLE shelves (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED)
                      WITH ('bucket.num' = '2');
                    CREATE TABLE drawers (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED)
                      WITH ('bucket.num' = '2');
                    CREATE TABLE bulky (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED);
                    CREATE TABLE quiet (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED);
                    CREATE TABLE scans (id BIGINT);
                    CREATE TABLE restarted (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED)
                      WITH ('bucket.num' = '2');
                    CREATE TABLE lakes (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED);
                    CREATE TABLE markers (pipeline STRING, source STRING, `value` BIGINT, written_at TIMESTAMP_LTZ(6),
                      PRIMARY KEY (pipeline, source) NOT ENFORCED);
                    CREATE TABLE killed (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED);
                    """));
        }
        writer = new HotWriter(store.bootstrap());
        Path app = Files.createDirectory(folder.resolve("depot"));
        Api.endpoint(app, "one", "-- GET /v1/one", "SELECT 1 AS one");
        api = api(100);
    }

    private static Api api(int clients) throws Exception {
        return new Api(ApiSettings.of(
                folder.resolve("depot"),
                Map.of(
                        "HOT_STORE",
                        store.bootstrap(),
                        "CHANGES_HEARTBEAT_SECONDS",
                        1,
                        "CHANGES_BUFFER_MEGABYTES",
                        1,
                        "CHANGES_CLIENTS",
                        clients)));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        writer.close();
        store.close();
    }

    @Test
    void changesOfAKeyArriveInOrderWithTheirRows() throws Exception {
        writer.upsert("parcels", 1L, "before anybody listens");
        try (EventStream stream = EventStream.open(api, "/v1/changes/parcels")) {
            writer.upsert("parcels", 7L, "Straße 😀");
            writer.upsert("parcels", 7L, null);
            writer.delete("parcels", 7L, null);
            List<Event> events = stream.next(3);
            assertThat(events).extracting(Event::kind).containsExactly("insert", "update", "delete");
            assertThat(events.get(0).data().path("row").toString()).isEqualTo("{\"id\":7,\"place\":\"Straße 😀\"}");
            assertThat(events.get(0).data().has("before")).isFalse();
            assertThat(events.get(1).data().path("key").toString()).isEqualTo("{\"id\":7}");
            assertThat(events.get(1).data().path("row").toString()).isEqualTo("{\"id\":7,\"place\":null}");
            assertThat(events.get(1).data().path("before").toString()).isEqualTo("{\"id\":7,\"place\":\"Straße 😀\"}");
            assertThat(events.get(2).data().has("row")).isFalse();
            assertThat(events.get(2).data().path("before").toString()).isEqualTo("{\"id\":7,\"place\":null}");
            assertThat(events.get(2).data().path("offset").asLong())
                    .isEqualTo(events.get(0).data().path("offset").asLong() + 3);
            assertThat(Instant.parse(events.get(0).data().path("timestamp").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @Test
    void markersThatArriveInTheHotStoreAreTimed() throws Exception {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        try (HotLookup hot = new HotLookup(store.bootstrap(), "depot")) {
            SourceLag lag = SourceLag.to("hot", () -> hot.changes("markers"), metrics);
            mark(1, 100);
            lag.record();
            assertThat(metrics.getMeters()).isEmpty();
            mark(2, 7);
            mark(3, 9);
            lag.record();
            lag.record();
            // As when the pipeline begins anew.
            mark(1, 3600);
            lag.record();
        }
        Timer timer = metrics.get("millrace.source.to.hot")
                .tags("source", "shopdb", "pipeline", "customer_orders")
                .timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.max(TimeUnit.SECONDS)).isBetween(9.0, 20.0);
    }

    private static void mark(long value, long secondsAgo) throws Exception {
        writer.upsert(
                "markers",
                "customer_orders",
                "shopdb",
                value,
                TimestampLtz.fromEpochMillis(System.currentTimeMillis() - secondsAgo * 1000));
    }

    @Test
    void logTableHasAppends() throws Exception {
        writer.append("scans", 1L);
        try (EventStream stream = EventStream.open(api, "/v1/changes/scans?from=earliest")) {
            Event event = stream.next();
            assertThat(event.kind()).isEqualTo("append");
            assertThat(event.data().has("key")).isFalse();
            assertThat(event.data().path("row").toString()).isEqualTo("{\"id\":1}");
        }
    }

    @Test
    void goingOnAfterAnIdHasNeitherGapNorDouble() throws Exception {
        try (EventStream all = EventStream.open(api, "/v1/changes/shelves")) {
            String begin = all.lastId;
            for (int i = 0; i < 30; i++) {
                writer.upsert("shelves", i % 7L, "place " + i);
            }
            List<Event> events = all.next(30);
            assertThat(events.stream()
                            .map(event -> event.data().path("bucket").asInt())
                            .distinct())
                    .containsExactlyInAnyOrder(0, 1);
            List<String> offsets = offsets(events);
            assertThat(offsets).doesNotHaveDuplicates();
            assertThat(afterwards("shelves", "Last-Event-ID: " + begin, 30)).hasSameElementsAs(offsets);
            for (int seen : List.of(1, 11, 29)) {
                List<String> rest = afterwards(
                        "shelves", "Last-Event-ID: " + events.get(seen - 1).id(), 30 - seen);
                assertThat(rest).containsExactlyElementsOf(offsets.subList(seen, 30));
            }
        }
    }

    @Test
    void whatTheApiNoLongerKeepsIsReadFromTheStore() throws Exception {
        UpsertWriter upserts = writer.upserts("drawers");
        String place = "x".repeat(2000);
        List<String> begins = new ArrayList<>();
        try (EventStream stream = EventStream.open(api, "/v1/changes/drawers")) {
            begins.add(stream.lastId);
            for (int i = 0; i < 2000; i++) {
                upserts.upsert(HotWriter.row((long) i, place));
            }
            upserts.flush();
            begins.add(stream.next(2000).get(500).id());
            for (int i = 0; i < begins.size(); i++) {
                try (EventStream behind = EventStream.open(api, "/v1/changes/drawers?after=" + begins.get(i))) {
                    // What the turns before have written comes besides.
                    int count = (i == 0 ? 2000 : 1499) + i;
                    List<Event> caught = behind.next(count);
                    assertThat(offsets(caught)).doesNotHaveDuplicates().hasSize(count);
                    upserts.upsert(HotWriter.row(9000L + i, "the end"));
                    upserts.flush();
                    assertThat(behind.next().data().path("row").path("place").asText())
                            .isEqualTo("the end");
                    stream.next();
                    assertThat(behind.quietFor(QUIET)).isTrue();
                    assertThat(behind.lastId).isEqualTo(stream.lastId);
                }
            }
        }
    }

    @Test
    void quietFeedShowsThatItLives() throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/quiet")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> stream.comments.get() >= 2);
        }
    }

    @Test
    void slowReaderIsCutOffWithTheReasonAndGoesOn() throws Exception {
        UpsertWriter upserts = writer.upserts("bulky");
        String place = "x".repeat(20_000);
        int rows = 1000;
        try (EventStream slow = new EventStream(api.server.port(), "/v1/changes/bulky", 1);
                EventStream quick = EventStream.open(api, "/v1/changes/bulky")) {
            for (int i = 0; i < rows; i++) {
                upserts.upsert(HotWriter.row((long) i, place));
            }
            upserts.flush();
            quick.next(rows);
            List<Event> seen = new ArrayList<>(List.of(slow.next()));
            while (!seen.get(seen.size() - 1).kind().equals("error")) {
                seen.add(slow.next());
            }
            Event error = seen.remove(seen.size() - 1);
            assertThat(error.data().path("code").asText()).isEqualTo("too_slow");
            await().atMost(Duration.ofSeconds(10)).until(() -> slow.ended);
            String after = error.data().path("resume_after").asText();
            assertThat(after).isEqualTo(slow.lastId);
            try (EventStream again = EventStream.open(api, "/v1/changes/bulky?after=" + after)) {
                seen.addAll(again.next(rows - seen.size()));
                assertThat(offsets(seen)).hasSize(rows).doesNotHaveDuplicates();
                assertThat(again.quietFor(QUIET)).isTrue();
            }
        }
    }

    @Test
    void wrongIdsAreProblems() throws Exception {
        String ofScans;
        try (EventStream scans = EventStream.open(api, "/v1/changes/scans")) {
            ofScans = scans.lastId;
        }
        assertThat(problem(400, "/v1/changes/parcels?after=seven")
                        .path("detail")
                        .asText())
                .startsWith("position 'seven': it is no id of a change. Give the id of an event");
        assertThat(problem(400, "/v1/changes/parcels?after=" + ofScans)
                        .path("detail")
                        .asText())
                .contains("it is one of another table");
        assertThat(problem(400, "/v1/changes/parcels?after=" + further(ofLatest("parcels")))
                        .path("detail")
                        .asText())
                .contains("does not go that far");
        assertThat(problem(400, "/v1/changes/parcels?from=latest").path("code").asText())
                .isEqualTo("invalid_parameter");
        assertThat(problem(400, "/v1/changes/parcels?form=earliest")
                        .path("detail")
                        .asText())
                .isEqualTo("unknown parameter 'form' — did you mean 'from'?");
    }

    @Test
    void tableThatIsNotThereIsNamed() throws Exception {
        JsonNode problem = problem(404, "/v1/changes/parcel");
        assertThat(problem.path("code").asText()).isEqualTo("no_such_table");
        assertThat(problem.path("detail").asText())
                .isEqualTo("hot.depot has no table 'parcel' — did you mean 'parcels'?");
    }

    @Test
    void oneClientMoreThanThereMayBeIsToldToWait() throws Exception {
        try (Api small = api(2);
                EventStream first = EventStream.open(small, "/v1/changes/quiet")) {
            try (EventStream second = EventStream.open(small, "/v1/changes/quiet")) {
                HttpResponse<String> answer = small.get("/v1/changes/quiet");
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(Api.json(answer).path("code").asText()).isEqualTo("too_many_clients");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(second.ended).isFalse();
            }
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                EventStream.open(small, "/v1/changes/quiet").close();
                return true;
            });
            assertThat(first.ended).isFalse();
        }
    }

    @Test
    void feedIsDescribedAndItsHeadAnsweredAtOnce() throws Exception {
        JsonNode document = Api.json(api.get("/openapi.json"));
        JsonNode operation = document.path("paths").path("/v1/changes/{table}").path("get");
        assertThat(operation.path("responses").path("200").path("content").has("text/event-stream"))
                .isTrue();
        assertThat(operation.path("responses").has("410")).isTrue();
        assertThat(api.get("/").body()).contains("/v1/changes/{table}");
        assertThat(api.send("HEAD", "/v1/changes/parcels").statusCode()).isEqualTo(200);
    }

    @Test
    void feedGoesOnWhenAKilledStoreIsBack() throws Exception {
        try (EventStream first = EventStream.open(api, "/v1/changes/killed");
                EventStream second = EventStream.open(api, "/v1/changes/killed")) {
            writer.upsert("killed", 1L, "one");
            assertThat(first.next().kind()).isEqualTo("insert");
            String seen = first.lastId;
            store.kill();
            HttpResponse<String> answer = api.get("/v1/changes/killed");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Api.json(answer).path("code").asText()).isEqualTo("hot_store_unavailable");
            int comments = first.comments.get();
            await().atMost(Duration.ofSeconds(10)).until(() -> first.comments.get() >= comments + 3);
            store.restart();
            List<String> places =
                    IntStream.range(0, 50).mapToObj(i -> "place " + i).toList();
            for (String place : places) {
                writer.upsert("killed", 1L, place);
            }
            assertThat(places(first.next(50))).isEqualTo(places);
            assertThat(places(second.next(51)).subList(1, 51)).isEqualTo(places);
            assertThat(first.quietFor(QUIET)).isTrue();
            assertThat(afterwards("killed", "Last-Event-ID: " + seen, 50)).hasSize(50);
        }
    }

    @Test
    void clientsGoOnWhereTheyWereAfterARestartOfTheApi() throws Exception {
        ServingApiSettings settings = ApiSettings.of(folder.resolve("depot"), Map.of("HOT_STORE", store.bootstrap()));
        List<String> ids = new ArrayList<>();
        try (Api before = new Api(settings);
                EventStream stream = EventStream.open(before, "/v1/changes/restarted")) {
            for (long id = 0; id < 5; id++) {
                writer.upsert("restarted", id, "before");
                ids.add(stream.next().id());
            }
        }
        writer.upsert("restarted", 5L, "between");
        try (Api after = new Api(settings)) {
            List<EventStream> streams = new ArrayList<>();
            // The one furthest ahead comes first.
            for (int i = 4; i >= 0; i--) {
                streams.add(EventStream.open(after, "/v1/changes/restarted", "Last-Event-ID: " + ids.get(i)));
            }
            writer.upsert("restarted", 6L, "after");
            for (int i = 0; i < 5; i++) {
                assertThat(offsets(streams.get(i).next(i + 2))).doesNotHaveDuplicates();
                assertThat(streams.get(i).quietFor(QUIET)).isTrue();
                assertThat(streams.get(i).lastId).isEqualTo(streams.get(0).lastId);
                streams.get(i).close();
            }
        }
    }

    @Test
    void tableThatIsHotIsNotReadFromTheLake() throws Exception {
        String columns = " (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket' = '1'";
        try (LakeWriter lake = new LakeWriter(folder.resolve("lake"))) {
            lake.create("CREATE TABLE lakes" + columns + ", 'fluss.table.datalake.enabled' = 'true');"
                    + "CREATE TABLE ponds" + columns + ");");
            try (Api two = new Api(ApiSettings.of(
                            folder.resolve("depot"), Map.of("HOT_STORE", store.bootstrap(), "WAREHOUSE", lake.uri())));
                    EventStream lakes = EventStream.open(two, "/v1/changes/lakes");
                    EventStream ponds = EventStream.open(two, "/v1/changes/ponds")) {
                lake.write("lakes", LakeWriter.row(1L, "lake"));
                lake.write("ponds", LakeWriter.row(1L, "lake"));
                assertThat(ponds.next().data().has("snapshot")).isTrue();
                writer.upsert("lakes", 1L, "hot");
                assertThat(lakes.next().data().path("row").path("place").asText())
                        .isEqualTo("hot");
                assertThat(Api.json(two.get("/v1/changes/pond")).path("detail").asText())
                        .isEqualTo("neither hot.depot nor lake.depot has a table 'pond' — did you mean 'ponds'?");
                store.kill();
                assertThat(two.get("/v1/changes/lakes").statusCode()).isEqualTo(503);
                try (EventStream meanwhile = EventStream.open(two, "/v1/changes/ponds?from=earliest")) {
                    assertThat(meanwhile.next().kind()).isEqualTo("update");
                }
                store.restart();
            }
        }
    }

    private static List<String> afterwards(String table, String header, int count) throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/" + table, header)) {
            List<Event> events = stream.next(count);
            assertThat(stream.quietFor(QUIET)).isTrue();
            return offsets(events);
        }
    }

    private static List<String> offsets(List<Event> events) {
        return events.stream()
                .map(event -> event.data().path("bucket") + ":" + event.data().path("offset"))
                .toList();
    }

    private static List<String> places(List<Event> events) {
        return events.stream()
                .map(event -> event.data().path("row").path("place").asText())
                .collect(Collectors.toList());
    }

    private static String ofLatest(String table) throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/" + table)) {
            return stream.lastId;
        }
    }

    /** The first bucket's offset and 1,000. */
    private static String further(String id) {
        int colon = id.indexOf(':');
        return id.substring(0, colon + 1) + (Long.parseLong(id.substring(colon + 1)) + 1000);
    }

    private static JsonNode problem(int status, String path) throws Exception {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        return Api.json(answer);
    }
}
