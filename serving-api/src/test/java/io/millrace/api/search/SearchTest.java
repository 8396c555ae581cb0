package io.millrace.api.search;

import static io.millrace.api.search.ChunkLake.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search over a lake that does not change. */
class SearchTest {
    private static final Map<String, String> OPEN = Map.of("status", "open", "channel", "mail");
    private static final Map<String, String> CLOSED = Map.of("status", "closed", "channel", "chat");

    @TempDir
    static Path folder;

    private static ChunkLake lake;
    private static StandInEmbeddings gateway;
    private static SearchApi api;

    @BeforeAll
    static void start() throws Exception {
        lake = ChunkLake.in(folder.resolve("lake"));
        gateway = new StandInEmbeddings();
        lake.write(
                chunk("tickets", "1", 0, "My money", "Please repay what I paid for the lamp.", OPEN),
                chunk("tickets", "2", 0, "Refund", "The refund of order 100007 is missing.", CLOSED),
                chunk("tickets", "3", 0, "Délayed", "Waiting for <script>alert('x')</script> & a parcel.", OPEN),
                chunk("tickets", "4", 0, "Long story", "A parcel came and it was fine.", CLOSED),
                chunk("tickets", "4", 1, "Long story", "Then the parcel, a second parcel and a third parcel.", CLOSED),
                chunk("tickets", "5", 0, "No vector", "Unfathomable parcel.", OPEN, null),
                chunk("reviews", "9", 0, "Cracked", "The lamp was cracked, I want a refund.", Map.of("rating", "1")));
        api = SearchApi.start(
                SearchApi.app(folder.resolve("app")), lake.address(), folder.resolve("data"), gateway.url());
        await().until(() -> api.search("q=lamp&mode=text").path("count").asInt() == 2);
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        gateway.close();
        lake.close();
    }

    @Test
    void wordsFindThemselvesAndMeaningFindsSynonyms() throws Exception {
        assertThat(api.keys("q=refund&mode=text&in=tickets")).containsExactly("2");
        assertThat(api.keys("q=refund&mode=vector&in=tickets&limit=2")).containsExactlyInAnyOrder("2", "1");
        JsonNode both = api.search("q=refund&in=tickets&limit=2");
        assertThat(both.path("mode").asText()).isEqualTo("hybrid");
        assertThat(both.at("/results/0/key").asText()).isEqualTo("2");
        assertThat(both.at("/results/0/text_rank").asInt()).isEqualTo(1);
        assertThat(both.at("/results/1/key").asText()).isEqualTo("1");
        assertThat(both.at("/results/1/text_rank").isNull()).isTrue();
        assertThat(both.at("/results/1/vector_rank").asInt()).isBetween(1, 2);
    }

    @Test
    void indexesAreSearchedTogetherUnlessNamed() throws Exception {
        assertThat(api.keys("q=lamp&mode=text")).containsExactlyInAnyOrder("1", "9");
        assertThat(api.keys("q=lamp&mode=text&in=reviews")).containsExactly("9");
        assertThat(api.keys("q=lamp&mode=text&in=reviews,tickets")).containsExactlyInAnyOrder("1", "9");
    }

    @Test
    void filtersNarrowBothWays() throws Exception {
        assertThat(api.keys("q=refund+money&mode=vector&status=closed")).containsExactlyInAnyOrder("2", "4");
        assertThat(api.keys("q=parcel&mode=text&status=closed")).containsExactly("4");
        assertThat(api.keys("q=parcel&mode=text&status=closed&status=open")).containsExactlyInAnyOrder("3", "4", "5");
        assertThat(api.keys("q=parcel&mode=text&status=closed&channel=mail")).isEmpty();
        assertThat(api.search("q=refund&rating=1").path("in").toString()).isEqualTo("[\"reviews\"]");
    }

    @Test
    void rowIsFoundOnceByItsBestChunk() throws Exception {
        JsonNode results = api.search("q=parcel&mode=text&in=tickets").path("results");
        assertThat(results.findValuesAsText("key")).doesNotHaveDuplicates();
        assertThat(results).anySatisfy(result -> {
            assertThat(result.path("key").asText()).isEqualTo("4");
            assertThat(result.path("chunk").asInt()).isEqualTo(1);
        });
    }

    @Test
    void accentsCapitalsPhrasesAndBeginningsAreUnderstood() throws Exception {
        assertThat(api.keys("q=DELAYED&mode=text")).containsExactly("3");
        assertThat(api.keys("q=unfath*&mode=text")).containsExactly("5");
        assertThat(api.keys("q=" + SearchApi.encode("\"third parcel\"") + "&mode=text"))
                .containsExactly("4");
        assertThat(api.keys("q=" + SearchApi.encode("\"parcel third\"") + "&mode=text"))
                .isEmpty();
        assertThat(api.keys("q=" + SearchApi.encode("***\"(((") + "&mode=text")).isEmpty();
    }

    @Test
    void snippetIsEscapedAndMarked() throws Exception {
        assertThat(api.search("q=parcel+waiting&mode=text&in=tickets&status=open&channel=mail")
                        .path("results")
                        .findValuesAsText("snippet"))
                .contains(
                        "<b>Waiting</b> for &lt;script&gt;alert(&#x27;x&#x27;)&lt;&#x2F;script&gt; &amp; a <b>parcel</b>.");
        assertThat(api.search("q=delayed&mode=vector&limit=1&in=tickets")
                        .at("/results/0/snippet")
                        .asText())
                .startsWith("Waiting for &lt;script&gt;");
    }

    @Test
    void answerNamesItsSnapshotAndTimes() throws Exception {
        HttpResponse<String> response = api.get("/v1/search?q=refund&in=tickets");
        JsonNode answer = new ObjectMapper().readTree(response.body());
        assertThat(response.headers().firstValue("Millrace-Snapshots")).contains("lake.ai.chunks=" + lake.snapshot());
        assertThat(answer.at("/snapshots/tickets").asLong()).isEqualTo(lake.snapshot());
        assertThat(answer.path("took_ms").asDouble()).isPositive();
        assertThat(answer.path("embedding_ms").asDouble()).isPositive();
        assertThat(answer.path("degraded").isNull()).isTrue();
        assertThat(api.search("q=refund&mode=text").path("embedding_ms").isNull())
                .isTrue();
    }

    @Test
    void withoutTheGatewayHybridFindsByWordsAndVectorSaysWhyNot() throws Exception {
        try (SearchApi alone = SearchApi.start(
                SearchApi.app(folder.resolve("app")),
                lake.address(),
                folder.resolve("alone"),
                "http://127.0.0.1:1/v1")) {
            await().until(() -> alone.search("q=lamp&mode=text").path("count").asInt() == 2);
            JsonNode hybrid = alone.search("q=refund&in=tickets");
            assertThat(hybrid.path("degraded").asText())
                    .isEqualTo("the inference gateway cannot be reached: found by words alone");
            assertThat(hybrid.at("/results/0/key").asText()).isEqualTo("2");
            HttpResponse<String> vector = alone.get("/v1/search?q=refund&mode=vector");
            assertThat(vector.statusCode()).isEqualTo(503);
            assertThat(vector.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(vector.body()).contains("\"code\":\"embedding_unavailable\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in=tickets | missing_parameter | parameter 'q' is missing",
                "q=+ | invalid_parameter | parameter 'q' is empty",
                "q=a&q=b | invalid_parameter | parameter 'q' is given 2 times",
                "q=a&mode=fuzzy | invalid_parameter | expected one of hybrid, text, vector",
                "q=a&limit=0 | invalid_parameter | parameter 'limit' has the value '0': expected 1 to 100",
                "q=a&limit=101 | invalid_parameter | parameter 'limit' has the value '101'",
                "q=a&limit=ten | invalid_parameter | parameter 'limit' has the value 'ten'",
                "q=a&in=ticket | unknown_index | nothing is searched as 'ticket' — did you mean 'tickets'?",
                "q=a&in=tickets&state=open | unknown_filter | 'state' is no filter of 'tickets' — did you mean 'status'?",
                "q=a&in=tickets,reviews&rating=1 | unknown_filter | 'rating' is no filter of 'tickets'",
                "q=a&colour=red | unknown_filter | 'colour' is no filter of",
            })
    void whatIsWrongIsNamed(String query, String code, String detail) throws Exception {
        HttpResponse<String> response = api.get("/v1/search?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("detail").asText()).contains(detail);
    }

    @Test
    void longestTextIsSearchedAndALongerOneRefused() throws Exception {
        String longest = "a1 ".repeat(666) + "zz";
        assertThat(longest).hasSize(SearchRequest.LONGEST_TEXT);
        assertThat(api.get("/v1/search?mode=text&q=" + SearchApi.encode(longest))
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.get("/v1/search?mode=text&q=" + SearchApi.encode(longest + "z"))
                        .body())
                .contains("parameter 'q' has 2001 characters and 2000 are allowed");
    }

    @Test
    void routeIsDescribed() throws Exception {
        JsonNode document = new ObjectMapper().readTree(api.get("/openapi.json").body());
        JsonNode operation = document.at("/paths/~1v1~1search/get");
        assertThat(operation.path("parameters").findValuesAsText("name"))
                .containsExactly("q", "in", "mode", "limit", "status", "channel", "rating");
        assertThat(operation
                        .at(
                                "/responses/200/content/application~1json/schema/properties/results/items/properties/snippet")
                        .toString())
                .contains("HTML");
        assertThat(api.get("/").body()).contains("/v1/search");
    }

    @Test
    void searchThatIsOffSaysSo() throws Exception {
        try (SearchApi off =
                SearchApi.start(SearchApi.app(folder.resolve("app")), "", folder.resolve("off"), gateway.url())) {
            HttpResponse<String> response = off.get("/v1/search?q=lamp");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"code\":\"search_off\"").contains("set 'warehouse' of serving-api");
        }
    }
}
