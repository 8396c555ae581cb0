package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A finished model call is never paid twice. */
class PaidOnceTest extends GatewayTest {
    private static final String CHAT = "/v1/chat/completions";

    @Test
    void sameRequestTwicePaysOnce() throws Exception {
        HttpResponse<String> first = gateway.chat("hello");
        HttpResponse<String> second = gateway.chat("hello");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(Gateway.hit(first)).isFalse();
        assertThat(first.headers().firstValue("Millrace-Tokens")).contains("7/5");
        assertThat(Gateway.hit(second)).isTrue();
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo(StandInProvider.answer(StandInProvider.CONTENT));
        assertThat(Gateway.callId(second)).isEqualTo(Gateway.callId(first));
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(
                        row(
                                "status, attempt, kind, alias, model, prompt_tokens, completion_tokens, cost, tries, http_status"))
                .isEqualTo("(done,1,chat,small,stand-in-1,7,5,0.000004050,1,200)");
    }

    @Test
    void answerSurvivesTheGateway() throws Exception {
        String callId = Gateway.callId(gateway.chat("hello"));
        gateway.close();
        gateway = new Gateway(ledger, provider.url());
        HttpResponse<String> again = gateway.chat("hello");
        assertThat(Gateway.hit(again)).isTrue();
        assertThat(Gateway.callId(again)).isEqualTo(callId);
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void identicalCallsAtTheSameTimeAreOne() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.always(StandInProvider.after(release, StandInProvider::good));
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            calls.add(gateway.start(CHAT, Gateway.request("hello", "")));
        }
        await().until(() -> provider.calls() == 1);
        release.countDown();
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(Gateway.content(call.join())).isEqualTo(StandInProvider.CONTENT);
        }
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(calls.stream().filter(call -> !Gateway.hit(call.join()))).hasSize(1);
        await().untilAsserted(() -> assertThat(row("hits")).isEqualTo("79"));
    }

    @Test
    void manyDifferentCallsAreInFlightTogether() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.always(StandInProvider.after(release, StandInProvider::good));
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            calls.add(gateway.start(CHAT, Gateway.request("hello " + i, "")));
        }
        await().until(() -> provider.calls() == 64);
        release.countDown();
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
    }

    @Test
    void callersWhoDifferOnlyInWhoTheyAreShareAnAnswer() throws Exception {
        gateway.post(
                CHAT, Gateway.request("hello", ",\"user\":\"a\",\"metadata\":{\"x\":\"1\"}"), "Millrace-Caller", "a");
        HttpResponse<String> other =
                gateway.post(CHAT, Gateway.request("hello", ",\"user\":\"b\",\"store\":true"), "Millrace-Caller", "b");
        HttpResponse<Stream<String>> streamed = gateway.stream("hello", "");
        assertThat(Gateway.hit(other)).isTrue();
        assertThat(Gateway.hit(streamed)).isTrue();
        List<String> chunks = Gateway.data(streamed);
        assertThat(Gateway.content(chunks)).isEqualTo(StandInProvider.CONTENT);
        assertThat(chunks).endsWith("[DONE]");
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void rerunPaysAgainAndOnce() throws Exception {
        gateway.chat("hello");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> rerun = gateway.post(CHAT, Gateway.request("hello", ""), "Millrace-Rerun", "2026-11");
            assertThat(Gateway.hit(rerun)).isEqualTo(i == 1);
        }
        assertThat(provider.calls()).isEqualTo(2);
    }

    @Test
    void newRevisionOfAModelIsAnotherModel() throws Exception {
        provider.revision("r1");
        gateway.chat("hello");
        provider.revision("r2");
        await().untilAsserted(
                        () -> assertThat(Gateway.hit(gateway.chat("hello"))).isFalse());
        assertThat(database.text(ledger, "SELECT model_revision FROM inference_calls ORDER BY call_id"))
                .isEqualTo("r1,r2");
    }

    @Test
    void twoGatewaysOnOneLedgerServeOneAnswer() throws Exception {
        try (Gateway other = new Gateway(ledger, provider.url())) {
            CountDownLatch release = new CountDownLatch(1);
            provider.then(
                    StandInProvider.after(release, StandInProvider.content("one")),
                    StandInProvider.after(release, StandInProvider.content("two")));
            CompletableFuture<HttpResponse<String>> one = gateway.start(CHAT, Gateway.request("hello", ""));
            CompletableFuture<HttpResponse<String>> two = other.start(CHAT, Gateway.request("hello", ""));
            await().until(() -> provider.calls() == 2);
            release.countDown();
            assertThat(one.join().body()).isEqualTo(two.join().body());
            assertThat(Gateway.callId(one.join())).isEqualTo(Gateway.callId(two.join()));
            assertThat(database.text(ledger, "SELECT status FROM inference_calls ORDER BY status"))
                    .isEqualTo("done,rejected");
        }
    }

    @Test
    void callerWhoLeavesDoesNotEndTheCall() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.then(StandInProvider.after(release, StandInProvider::good));
        CompletableFuture<HttpResponse<String>> call = gateway.start(CHAT, Gateway.request("hello", ""));
        await().until(() -> provider.calls() == 1);
        call.cancel(true);
        release.countDown();
        await().untilAsserted(() -> assertThat(row("status")).isEqualTo("done"));
        assertThat(Gateway.hit(gateway.chat("hello"))).isTrue();
    }

    @Test
    void embeddingsArePaidOnceToo() throws Exception {
        String body = "{\"model\":\"small\",\"input\":[\"hello\"]}";
        HttpResponse<String> first = gateway.post("/v1/embeddings", body);
        HttpResponse<String> second = gateway.post("/v1/embeddings", body);
        assertThat(second.body()).isEqualTo(first.body()).contains("-0.25");
        assertThat(provider.calls()).isEqualTo(1);
        assertThat(row("status, kind, prompt_tokens, completion_tokens")).isEqualTo("(done,embeddings,3,0)");
    }

    @Test
    void callIsExplainedByItsId() throws Exception {
        HttpResponse<String> answer = gateway.post(
                CHAT,
                Gateway.request("hello", ""),
                "Millrace-Caller",
                "ticket_triage",
                "Millrace-Key",
                "42",
                "Millrace-Input-Version",
                "77",
                "Millrace-Prompt",
                "triage/3");
        var call = Gateway.json(gateway.get("/v1/calls/" + Gateway.callId(answer)));
        assertThat(call.path("caller").asText()).isEqualTo("ticket_triage");
        assertThat(call.path("caller_key").asText()).isEqualTo("42");
        assertThat(call.path("input_version").asLong()).isEqualTo(77);
        assertThat(call.path("prompt").asText()).isEqualTo("triage/3");
        assertThat(call.at("/request/model").asText()).isEqualTo(StandInProvider.MODEL);
        assertThat(call.path("response")).isEqualTo(Gateway.json(answer));
        assertThat(gateway.get("/v1/calls/none").statusCode()).isEqualTo(404);
    }

    private String row(String columns) throws Exception {
        String query = columns.contains(",") ? "SELECT (" + columns + ")::text" : "SELECT " + columns;
        return database.text(ledger, query + " FROM inference_calls");
    }
}
