package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamingTest extends GatewayTest {
    @Test
    void nobodyHasAWholeAnswerBeforeItIsCommitted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provider.then(StandInProvider.after(release, StandInProvider::good));
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Connection verifier = database.connect(ledger);
                Statement statement = verifier.createStatement()) {
            CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> read("hello", lines));
            await().until(() -> provider.calls() == 1);
            verifier.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(1835625580)");
            release.countDown();
            await().until(() -> waitingForTheLock() == 1);
            await().untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains("the ")));
            assertThat(lines).noneMatch(line -> line.contains("model.") || line.contains("[DONE]"));
            verifier.commit();
            caller.join();
        }
        assertThat(lines).anyMatch(line -> line.contains("model.")).contains("data: [DONE]");
        assertThat(database.text(ledger, "SELECT (status, streamed, prompt_tokens)::text FROM inference_calls"))
                .isEqualTo("(done,t,7)");
    }

    @Test
    void streamedAnswerServesCallersWhoDoNotStream() throws Exception {
        List<String> chunks = Gateway.data(gateway.stream("hello", ""));
        assertThat(Gateway.content(chunks)).isEqualTo(StandInProvider.CONTENT);
        assertThat(chunks).endsWith("[DONE]").noneMatch(chunk -> chunk.contains("prompt_tokens"));
        HttpResponse<String> whole = gateway.chat("hello");
        assertThat(Gateway.hit(whole)).isTrue();
        assertThat(Gateway.content(whole)).isEqualTo(StandInProvider.CONTENT);
        assertThat(Gateway.json(whole).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void usageIsAChunkForThoseWhoAskForIt() throws Exception {
        String asked = ",\"stream_options\":{\"include_usage\":true}";
        assertThat(Gateway.data(gateway.stream("hello", asked)))
                .anyMatch(chunk -> chunk.contains("\"prompt_tokens\":7"));
        assertThat(Gateway.data(gateway.stream("hello", asked)))
                .anyMatch(chunk -> chunk.contains("\"prompt_tokens\":7"));
        assertThat(provider.calls()).isEqualTo(1);
    }

    @Test
    void streamThatBreaksEndsWithAnErrorAndIsNeverServed() throws Exception {
        provider.then(StandInProvider::brokenStream, StandInProvider::halfChunk);
        for (int i = 0; i < 2; i++) {
            List<String> events = Gateway.data(gateway.stream("hello", ""));
            assertThat(events.get(events.size() - 1)).contains("\"code\":\"provider_error\"");
            assertThat(events).doesNotContain("[DONE]");
        }
        assertThat(Gateway.content(Gateway.data(gateway.stream("hello", "")))).isEqualTo(StandInProvider.CONTENT);
        assertThat(database.text(ledger, "SELECT status FROM inference_calls ORDER BY call_id"))
                .isEqualTo("failed,failed,done");
    }

    @Test
    void streamOfASchemaIsShownOnlyOnceItFits() throws Exception {
        provider.then((exchange, request) -> StandInProvider.stream(exchange, StandInProvider.chunks(request)));
        provider.then((exchange, request) -> StandInProvider.stream(exchange, StandInProvider.chunks(request)));
        HttpResponse<Stream<String>> rejected = gateway.stream("hello", BadAnswersTest.SCHEMA);
        assertThat(rejected.statusCode()).isEqualTo(502);
        assertThat(String.join("", rejected.body().toList())).contains("answer_rejected");
    }

    private void read(String message, List<String> lines) {
        try {
            gateway.stream(message, "").body().forEach(lines::add);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int waitingForTheLock() throws Exception {
        return Integer.parseInt(database.text(
                ledger,
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"));
    }
}
