package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers do wrong, and what becomes of it. */
class BadAnswersTest extends GatewayTest {
    static final String SCHEMA =
            ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"t\",\"schema\":"
                    + "{\"type\":\"object\",\"required\":[\"label\"],\"properties\":{\"label\":{\"type\":\"string\"}}}}}";
    private static final String CHAT = "/v1/chat/completions";

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("half JSON", (StandInProvider.Behavior) StandInProvider::halfJson),
                Arguments.of("not JSON", StandInProvider.body("{\"choices\": [")),
                Arguments.of("500", StandInProvider.status(500, "oops")),
                Arguments.of("429", StandInProvider.status(429, "{}", "Retry-After", "0")),
                Arguments.of("503", StandInProvider.status(503, "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void tryThatBringsNoAnswerIsTriedAgain(String name, StandInProvider.Behavior behavior) throws Exception {
        provider.then(behavior);
        HttpResponse<String> answer = gateway.chat(name);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(ledger("status, tries, attempt")).isEqualTo("(done,2,1)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void triesEndAndTheRowSaysWhy(String name, StandInProvider.Behavior behavior) throws Exception {
        provider.always(behavior);
        HttpResponse<String> answer = gateway.chat("hello");
        assertThat(answer.statusCode()).isIn(502, 503);
        assertThat(Gateway.code(answer)).isIn("provider_error", "provider_busy");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(provider.calls()).isEqualTo(3);
        assertThat(ledger("status, tries")).isEqualTo("(failed,3)");
        assertThat(ledger("error")).startsWith("(").isNotEqualTo("()");
        provider.always(StandInProvider::good);
        assertThat(Gateway.hit(gateway.chat("hello"))).isFalse();
    }

    @Test
    void waitThatIsTooLongIsPassedOn() throws Exception {
        provider.then(StandInProvider.status(429, "{}", "Retry-After", "120"));
        HttpResponse<String> answer = gateway.chat("hello");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("120");
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void lateAnswerIsATimeout() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        provider.always(StandInProvider.after(never, StandInProvider::good));
        HttpResponse<String> answer = gateway.chat("hello");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(Gateway.code(answer)).isEqualTo("provider_timeout");
        never.countDown();
    }

    @Test
    void providerThatIsAwayIsFoundWhenItIsBack() throws Exception {
        int port = provider.port();
        gateway.chat("known");
        provider.close();
        HttpResponse<String> away = gateway.chat("hello");
        assertThat(away.statusCode()).isEqualTo(502);
        assertThat(Gateway.code(away)).isEqualTo("provider_unreachable");
        assertThat(Gateway.hit(gateway.chat("known"))).isTrue();
        provider = new StandInProvider(port);
        assertThat(gateway.chat("hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void refusalIsPassedOnAndNotTriedAgain(int status) throws Exception {
        String body = "{\"error\":{\"message\":\"no\",\"code\":\"theirs\"}}";
        provider.then(StandInProvider.status(status, body));
        HttpResponse<String> answer = gateway.chat("hello");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(ledger("status, http_status")).isEqualTo("(failed," + status + ")");
    }

    @Test
    void rejectedAnswerIsNeverServedAndTheNextAttemptIsAnotherCall() throws Exception {
        provider.then(StandInProvider.content("{\"label\": 1}"), StandInProvider.content("{\"label\": \"fine\"}"));
        String request = Gateway.request("hello", SCHEMA);
        HttpResponse<String> answer = gateway.post(CHAT, request);
        assertThat(Gateway.content(answer)).isEqualTo("{\"label\": \"fine\"}");
        assertThat(provider.request(0).has("seed")).isFalse();
        assertThat(provider.request(1).path("seed").asInt()).isEqualTo(2);
        assertThat(ledger("status, attempt, completion_tokens")).isEqualTo("(rejected,1,5),(done,2,5)");
        assertThat(database.text(ledger, "SELECT count(DISTINCT identity) FROM inference_calls"))
                .isEqualTo("2");
        gateway.close();
        gateway = new Gateway(ledger, provider.url());
        assertThat(Gateway.content(gateway.post(CHAT, request))).isEqualTo("{\"label\": \"fine\"}");
        assertThat(provider.calls()).isEqualTo(2);
    }

    @Test
    void attemptsEndWithTheReasonAndAreNotPaidAgain() throws Exception {
        provider.always(StandInProvider.content("no json"));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = gateway.post(CHAT, Gateway.request("hello", SCHEMA));
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(Gateway.code(answer)).isEqualTo("answer_rejected");
            assertThat(answer.body()).contains("the content is not JSON");
        }
        assertThat(provider.calls()).isEqualTo(2);
        assertThat(ledger("status")).isEqualTo("(rejected),(rejected)");
    }

    static Stream<Arguments> empty() {
        return Stream.of(
                Arguments.of("empty content", StandInProvider.content("")),
                Arguments.of("no choices", StandInProvider.body("{\"choices\":[]}")),
                Arguments.of("null content", StandInProvider.body("{\"choices\":[{\"message\":{\"content\":null}}]}")),
                Arguments.of("arguments that are no JSON", StandInProvider.toolCall("{\"order\": ")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("empty")
    void answerWithoutAnAnswerIsRejected(String name, StandInProvider.Behavior behavior) throws Exception {
        provider.then(behavior);
        assertThat(gateway.chat(name).statusCode()).isEqualTo(200);
        assertThat(ledger("status, attempt")).isEqualTo("(rejected,1),(done,2)");
    }

    @Test
    void toolCallNeedNotFitTheSchema() throws Exception {
        provider.then(StandInProvider.toolCall("{\"order\": 7}"));
        HttpResponse<String> answer = gateway.post(CHAT, Gateway.request("hello", SCHEMA));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("tool_calls");
    }

    @Test
    void callThatFindsNoSlotIsRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.always(StandInProvider.after(release, StandInProvider::good));
        try (Gateway narrow = new Gateway(Gateway.settings(ledger, provider.url(), "", "", 1), java.util.Map.of())) {
            CompletableFuture<HttpResponse<String>> first = narrow.start(CHAT, Gateway.request("one", ""));
            await().until(() -> provider.calls() == 1);
            HttpResponse<String> second = narrow.chat("two");
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(Gateway.code(second)).isEqualTo("too_many_calls");
            release.countDown();
            assertThat(first.join().statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> assertThat(narrow.chat("two").statusCode()).isEqualTo(200));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"model\":\"small\"}",
                "{\"messages\":[1]}",
                "{\"model\":\"smal\",\"messages\":[1]}",
                "{\"model\":\"small\",\"messages\":[1],\"response_format\":{\"type\":\"json_schema\"}}"
            })
    void requestThatIsNoneIsNotPaid(String body) throws Exception {
        HttpResponse<String> answer = gateway.post(CHAT, body);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(Gateway.code(answer)).isIn("invalid_request", "model_not_found");
        assertThat(provider.calls()).isZero();
    }

    private String ledger(String columns) throws Exception {
        return database.text(
                ledger, "SELECT ROW(" + columns + ")::text FROM inference_calls ORDER BY attempt, started_at");
    }
}
