package io.millrace.api;

import static io.millrace.api.LakeWriter.deletion;
import static io.millrace.api.LakeWriter.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.api.EventStream.Event;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** /v1/changes over a real lake, without a hot store. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LakeChangesTest {
    private static final Duration QUIET = Duration.ofMillis(1500);
    private static final String LOGGED =
            "WITH ('bucket' = '1', 'deletion-vectors.enabled' = 'true'," + " 'changelog-producer' = 'lookup')";

    @TempDir
    static Path folder;

    private static LakeWriter lake;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        lake = new LakeWriter(folder.resolve("lake"));
        String columns = " (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED) ";
        String logged = Stream.of("shelves", "expired", "dropped", "replaced", "emptied", "restarted", "wider", "quiet")
                .map(table -> "CREATE TABLE " + table + columns + LOGGED + ";")
                .reduce("", String::concat);
        lake.create(logged + """
                CREATE TABLE parcels (id BIGINT, place STRING, price DECIMAL(10, 2), seen TIMESTAMP_LTZ(3),
                  tags ARRAY<STRING>, PRIMARY KEY (id) NOT ENFORCED)\s""" + LOGGED + ";"
                + "CREATE TABLE trays" + columns + LOGGED.replace("'1'", "'3'") + ";"
                + "CREATE TABLE bulky" + columns + "WITH ('bucket' = '1');"
                + "CREATE TABLE unlogged" + columns + "WITH ('bucket' = '1', 'deletion-vectors.enabled' = 'true');"
                + "CREATE TABLE merged" + columns + "WITH ('bucket' = '1', 'merge-engine' = 'partial-update');"
                + "CREATE TABLE scans (id BIGINT) WITH ('bucket' = '-1');");
        Path app = Files.createDirectory(folder.resolve("depot"));
        Api.endpoint(app, "one", "-- GET /v1/one", "SELECT 1 AS one");
        api = api();
    }

    private static Api api() throws Exception {
        return new Api(ApiSettings.of(
                folder.resolve("depot"),
                Map.of("WAREHOUSE", lake.uri(), "CHANGES_HEARTBEAT_SECONDS", 1, "CHANGES_BUFFER_MEGABYTES", 1)));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        lake.close();
    }

    @Test
    void changesOfAKeyArriveInOrderWithTheirRows() throws Exception {
        lake.write("parcels", row(1L, "before anybody listens", null, null, null));
        try (EventStream stream = EventStream.open(api, "/v1/changes/parcels")) {
            Decimal price = Decimal.fromBigDecimal(new BigDecimal("19.95"), 10, 2);
            Timestamp seen = Timestamp.fromEpochMillis(1_790_000_000_123L);
            lake.write("parcels", row(7L, "Straße 😀", price, seen, null));
            lake.write("parcels", row(7L, null, price, seen, null));
            lake.write("parcels", deletion(7L, null, null, null, null));
            List<Event> events = stream.next(3);
            assertThat(events).extracting(Event::kind).containsExactly("insert", "update", "delete");
            String first = "{\"id\":7,\"place\":\"Straße 😀\",\"price\":19.95,\"seen\":\"2026-09-21T14:13:20.123Z\","
                    + "\"tags\":null}";
            String second = first.replace("\"Straße 😀\"", "null");
            assertThat(events.get(0).data().path("row").toString()).isEqualTo(first);
            assertThat(events.get(0).data().has("before")).isFalse();
            assertThat(events.get(1).data().path("key").toString()).isEqualTo("{\"id\":7}");
            assertThat(events.get(1).data().path("row").toString()).isEqualTo(second);
            assertThat(events.get(1).data().path("before").toString()).isEqualTo(first);
            assertThat(events.get(2).data().has("row")).isFalse();
            assertThat(events.get(2).data().path("before").toString()).isEqualTo(second);
            assertThat(events.get(2).data().path("snapshot").asLong()).isEqualTo(lake.snapshot("parcels"));
            assertThat(Instant.parse(events.get(0).data().path("timestamp").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @Test
    void tableWithoutAChangelogTellsWhatItKnows() throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/unlogged")) {
            lake.write("unlogged", row(7L, "A"));
            lake.write("unlogged", row(7L, "B"), row(8L, "C"));
            lake.compact("unlogged");
            lake.write("unlogged", deletion(7L, "B"));
            List<Event> events = stream.next(4);
            assertThat(events).extracting(Event::kind).containsExactly("update", "update", "update", "delete");
            assertThat(events.get(1).data().path("row").toString()).isEqualTo("{\"id\":7,\"place\":\"B\"}");
            assertThat(events.get(3).data().path("key").toString()).isEqualTo("{\"id\":7}");
            assertThat(events).noneMatch(event -> event.data().has("before"));
            assertThat(events.get(3).data().has("row")).isFalse();
            assertThat(stream.quietFor(QUIET)).isTrue();
        }
    }

    @Test
    void tableWithoutAKeyHasAppends() throws Exception {
        lake.write("scans", row(1L), row(2L));
        try (EventStream stream = EventStream.open(api, "/v1/changes/scans?from=earliest")) {
            lake.write("scans", row(3L));
            List<Event> events = stream.next(3);
            assertThat(events).allMatch(event -> event.kind().equals("append"));
            assertThat(events.get(2).data().path("row").toString()).isEqualTo("{\"id\":3}");
            assertThat(events.get(2).data().has("key")).isFalse();
        }
    }

    @Test
    void goingOnInTheMiddleOfASnapshotHasNeitherGapNorDouble() throws Exception {
        try (EventStream all = EventStream.open(api, "/v1/changes/trays")) {
            String begin = all.lastId;
            lake.write("trays", rows(0, 40, "first"));
            lake.write("trays", rows(20, 60, "second"));
            List<Event> events = all.next(80);
            List<String> ids = events.stream().map(Event::id).toList();
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(rest("trays", begin, 80)).isEqualTo(ids);
            for (int seen : List.of(1, 17, 39, 40, 41, 79)) {
                assertThat(rest("trays", ids.get(seen - 1), 80 - seen)).isEqualTo(ids.subList(seen, 80));
            }
            assertThat(changes(events).subList(0, 40)).allMatch(change -> change.startsWith("insert"));
        }
    }

    /** As the test before, by a program that keeps nothing of what the first one has read. */
    @Test
    void clientsGoOnWhereTheyWereAfterARestartOfTheApi() throws Exception {
        List<String> ids;
        try (Api before = api();
                EventStream stream = EventStream.open(before, "/v1/changes/restarted")) {
            lake.write("restarted", rows(0, 10, "before"));
            ids = stream.next(10).stream().map(Event::id).toList();
        }
        lake.write("restarted", rows(10, 15, "between"));
        try (Api after = api()) {
            // The one furthest ahead comes first.
            for (int seen : List.of(10, 9, 4, 1)) {
                try (EventStream stream =
                        EventStream.open(after, "/v1/changes/restarted", "Last-Event-ID: " + ids.get(seen - 1))) {
                    List<Event> events = stream.next(15 - seen);
                    assertThat(events.stream()
                                    .map(event ->
                                            event.data().path("key").path("id").asInt()))
                            .containsExactlyElementsOf(
                                    IntStream.range(seen, 15).boxed().toList());
                    assertThat(stream.quietFor(QUIET)).isTrue();
                }
            }
        }
    }

    @Test
    void clientCutOffInEachCommitSeesEachChangeOnceThoughItIsCompacted() throws Exception {
        List<String> seen = new ArrayList<>();
        String last;
        try (EventStream stream = EventStream.open(api, "/v1/changes/shelves")) {
            last = stream.lastId;
        }
        for (int commit = 0; commit < 12; commit++) {
            lake.write("shelves", rows(0, 5, "place " + commit));
            if (commit % 3 == 2) {
                lake.compact("shelves");
            }
            try (EventStream stream = EventStream.open(api, "/v1/changes/shelves", "Last-Event-ID: " + last)) {
                List<Event> events = stream.next(commit == 11 ? 60 - seen.size() : 4);
                seen.addAll(changes(events));
                last = events.get(events.size() - 1).id();
                assertThat(commit < 11 || stream.quietFor(QUIET)).isTrue();
            }
        }
        List<String> written = new ArrayList<>();
        for (int commit = 0; commit < 12; commit++) {
            for (int id = 0; id < 5; id++) {
                written.add((commit == 0 ? "insert " : "update ") + id + " place " + commit);
            }
        }
        assertThat(seen).isEqualTo(written);
    }

    @Test
    void idGoesOnOverSnapshotsWithoutChanges() throws Exception {
        lake.write("quiet", row(1L, "A"));
        try (EventStream stream = EventStream.open(api, "/v1/changes/quiet?from=earliest")) {
            assertThat(stream.next().kind()).isEqualTo("insert");
            lake.write("quiet", row(1L, "A"));
            lake.compact("quiet");
            String next = "/" + (lake.snapshot("quiet") + 1) + ":0";
            await().atMost(Duration.ofSeconds(30)).until(() -> stream.lastId.endsWith(next));
            lake.expire("quiet");
            assertThat(rest("quiet", stream.lastId, 0)).isEmpty();
        }
    }

    @Test
    void idWhoseSnapshotHasExpiredIsGone() throws Exception {
        String first;
        try (EventStream stream = EventStream.open(api, "/v1/changes/expired")) {
            lake.write("expired", row(1L, "A"), row(2L, "A"));
            first = stream.next().id();
            for (int i = 0; i < 3; i++) {
                lake.write("expired", row(1L, "B" + i));
            }
            stream.next(4);
        }
        lake.expire("expired");
        JsonNode problem = problem(410, "/v1/changes/expired?after=" + first);
        assertThat(problem.path("code").asText()).isEqualTo("position_expired");
        assertThat(problem.path("detail").asText()).contains("read the rows anew", "'snapshot.time-retained'");
        try (EventStream stream = EventStream.open(api, "/v1/changes/expired?from=earliest")) {
            assertThat(stream.next().data().path("row").path("place").asText()).isEqualTo("B2");
        }
    }

    @Test
    void droppedTableEndsItsFeed() throws Exception {
        lake.write("dropped", row(1L, "A"));
        try (EventStream stream = EventStream.open(api, "/v1/changes/dropped")) {
            lake.write("dropped", row(2L, "B"));
            stream.next();
            lake.drop("dropped");
            Event error = stream.next();
            assertThat(error.kind()).isEqualTo("error");
            assertThat(error.data().path("code").asText()).isEqualTo("no_such_table");
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.ended);
            problem(404, "/v1/changes/dropped");
        }
    }

    @Test
    void tableOfTheSameNameIsAnother() throws Exception {
        lake.write("replaced", row(1L, "A"));
        try (EventStream stream = EventStream.open(api, "/v1/changes/replaced?from=earliest")) {
            String id = stream.next().id();
            lake.drop("replaced");
            lake.create("CREATE TABLE replaced (id BIGINT, place STRING, PRIMARY KEY (id) NOT ENFORCED) " + LOGGED);
            assertThat(stream.next().data().path("code").asText()).isEqualTo("no_such_table");
            assertThat(problem(400, "/v1/changes/replaced?after=" + id)
                            .path("detail")
                            .asText())
                    .contains("one that this table replaced");
        }
    }

    @Test
    void tableWrittenAnewEndsItsFeedAndItsIdsAreGone() throws Exception {
        lake.write("emptied", row(1L, "A"));
        try (EventStream stream = EventStream.open(api, "/v1/changes/emptied")) {
            lake.write("emptied", row(2L, "B"));
            assertThat(stream.next().kind()).isEqualTo("insert");
            lake.truncate("emptied");
            Event error = stream.next();
            assertThat(error.data().path("code").asText()).isEqualTo("position_expired");
            assertThat(error.data().path("detail").asText()).contains("there all rows were written anew");
            String after = error.data().path("resume_after").asText();
            assertThat(error.id()).isEqualTo(after);
            problem(410, "/v1/changes/emptied?after=" + after);
        }
        try (EventStream stream = EventStream.open(api, "/v1/changes/emptied")) {
            lake.write("emptied", row(1L, "C"));
            assertThat(stream.next().kind()).isEqualTo("insert");
        }
    }

    @Test
    void slowReaderIsCutOffWithTheReasonAndGoesOn() throws Exception {
        String place = "x".repeat(20_000);
        int rows = 1000;
        try (EventStream slow = new EventStream(api.server.port(), "/v1/changes/bulky", 1);
                EventStream quick = EventStream.open(api, "/v1/changes/bulky")) {
            lake.write("bulky", rows(0, rows, place));
            quick.next(rows);
            List<Event> seen = new ArrayList<>(List.of(slow.next()));
            while (!seen.get(seen.size() - 1).kind().equals("error")) {
                seen.add(slow.next());
            }
            Event error = seen.remove(seen.size() - 1);
            assertThat(error.data().path("code").asText()).isEqualTo("too_slow");
            String after = error.data().path("resume_after").asText();
            assertThat(after).isEqualTo(slow.lastId);
            try (EventStream again = EventStream.open(api, "/v1/changes/bulky?after=" + after)) {
                seen.addAll(again.next(rows - seen.size()));
                assertThat(seen.stream()
                                .map(event ->
                                        event.data().path("key").path("id").asInt()))
                        .containsExactlyElementsOf(
                                IntStream.range(0, rows).boxed().toList());
                assertThat(again.quietFor(QUIET)).isTrue();
            }
        }
    }

    @Test
    void newColumnIsInTheNextEvent() throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/wider")) {
            lake.create("CREATE TABLE wider (id BIGINT, place STRING, note STRING, PRIMARY KEY (id) NOT ENFORCED) "
                    + LOGGED);
            lake.write("wider", row(1L, "A", "new"));
            assertThat(stream.next().data().path("row").path("note").asText()).isEqualTo("new");
        }
    }

    @Test
    void wrongIdsAreProblems() throws Exception {
        assertThat(problem(400, "/v1/changes/scans?after=4/0:7,1:9")
                        .path("detail")
                        .asText())
                .startsWith("position '4/0:7,1:9': it is no id of a change. Give the id of an event");
        assertThat(problem(400, "/v1/changes/scans?after=5/1:0").path("detail").asText())
                .contains("it is one of another table");
        String id;
        try (EventStream stream = EventStream.open(api, "/v1/changes/scans")) {
            id = stream.lastId;
        }
        assertThat(problem(400, "/v1/changes/scans?after=" + id + "1")
                        .path("detail")
                        .asText())
                .contains("the table's snapshots do not go that far");
    }

    @Test
    void tableWhoseRowsAreOnlyPartsIsRefused() throws Exception {
        assertThat(problem(400, "/v1/changes/merged").path("detail").asText())
                .endsWith("no changelog: add 'changelog-producer' = 'lookup' to its file");
    }

    @Test
    void tableThatIsNotThereIsNamed() throws Exception {
        assertThat(problem(404, "/v1/changes/parcel").path("detail").asText())
                .isEqualTo("lake.depot has no table 'parcel' — did you mean 'parcels'?");
        assertThat(api.get("/").body()).contains("/v1/changes/{table}").doesNotContain("/v1/lookup");
        assertThat(api.send("HEAD", "/v1/changes/parcels").statusCode()).isEqualTo(200);
    }

    private static GenericRow[] rows(int from, int to, String place) {
        return IntStream.range(from, to).mapToObj(id -> row((long) id, place)).toArray(GenericRow[]::new);
    }

    private static List<String> changes(List<Event> events) {
        return events.stream()
                .map(event -> event.kind() + " " + event.data().path("key").path("id") + " "
                        + event.data().path("row").path("place").asText())
                .toList();
    }

    /** The ids of all that comes after one. */
    private static List<String> rest(String table, String after, int count) throws Exception {
        try (EventStream stream = EventStream.open(api, "/v1/changes/" + table, "Last-Event-ID: " + after)) {
            List<Event> events = stream.next(count);
            assertThat(stream.quietFor(QUIET)).isTrue();
            return events.stream().map(Event::id).toList();
        }
    }

    private static JsonNode problem(int status, String path) throws Exception {
        HttpResponse<String> answer = api.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Api.json(answer);
    }
}
