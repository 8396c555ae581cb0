package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.agent.StandInGateway;
import io.millrace.agent.StandInGateway.Reply;
import io.millrace.agent.model.CallFailed;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.Output;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.prompt.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a row ends with when the model's provider is bad. */
@Timeout(20)
class WorkerTest {
    private static final Prompt PROMPT =
            new Prompt("mood.v1.md", List.of(new Prompt.Message("user", "The mood of: {body}")));

    private static final Fill ASKED = new Fill.Asked(PROMPT);
    private static final Fill NEAREST = new Fill.Nearest("moods.csv", List.of(new Fill.Example("glad", "good")));
    private static final Reply GOOD = Reply.content("{\"mood\": \"good\"}");

    @Test
    void aGoodAnswerIsTheResult() throws Exception {
        try (StandInGateway gateway = answering(GOOD)) {
            assertThat(work(gateway.port(), ASKED, 3)).containsEntry("mood", "good");
        }
    }

    @Test
    void anErrorOfTheProviderIsTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.of(500, "{\"error\": {\"message\": \"out of memory\"}}"))) {
            assertFails(gateway, ASKED, "HTTP 500: out of memory");
            assertThat(gateway.calls).hasValue(1);
        }
    }

    @Test
    void aBusyProviderIsAskedAgainWhenItSaid() throws Exception {
        Reply busy = Reply.of(429, "{\"error\": {\"message\": \"busy\"}}").with("Retry-After", "1");
        try (StandInGateway gateway = answering(busy, GOOD)) {
            long start = System.nanoTime();
            assertThat(work(gateway.port(), ASKED, 3)).containsEntry("mood", "good");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
            assertThat(gateway.calls).hasValue(2);
        }
    }

    @Test
    void aProviderThatIsBusyForLongerThanTheLimitIsTheReason() throws Exception {
        try (StandInGateway gateway =
                answering(Reply.of(429, "{\"error\": {\"message\": \"busy\"}}").with("Retry-After", "120"))) {
            assertFails(gateway, ASKED, "HTTP 429: busy");
            assertThat(gateway.calls).hasValue(1);
        }
    }

    @Test
    void halfAJsonIsTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.of(200, "{\"choices\": [{\"mess"))) {
            assertFails(gateway, ASKED, "the gateway's answer is no JSON: Unexpected end-of-input");
        }
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsNotWaitedForLongerThanTheLimit() throws Exception {
        try (StandInGateway gateway =
                answering(Reply.of(200, "{\"choices\": [{\"mess").without(100))) {
            assertFails(gateway, ASKED, "no answer within 1 s");
        }
    }

    @Test
    void aJsonOfAnotherSchemaIsTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.of(200, "{\"output\": \"good\"}"))) {
            assertFails(gateway, ASKED, "call call-1 answered without a message: {\"output\":\"good\"}");
        }
    }

    @Test
    void aContentOfAnotherSchemaIsTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.content("{\"tone\": \"good\"}"))) {
            assertFails(gateway, ASKED, "call call-1 answered without 'mood': {\"tone\": \"good\"}");
        }
    }

    @Test
    void anEmptyContentIsTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.content(""))) {
            assertFails(gateway, ASKED, "call call-1 answered without 'mood': ");
        }
    }

    @Test
    void vectorsThatAreMissingAreTheReason() throws Exception {
        try (StandInGateway gateway = answering(Reply.of(200, "{\"data\": []}"))) {
            assertFails(gateway, NEAREST, "call call-1 answered with 0 vectors for 1 texts: {\"data\":[]}");
        }
    }

    @Test
    void aGatewayThatStartsAgainIsWaitedFor() throws Exception {
        int port = freePort();
        CompletableFuture<StandInGateway> started = CompletableFuture.supplyAsync(
                () -> start(port, Duration.ZERO, request -> GOOD),
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

        assertThat(work(port, ASKED, 10)).containsEntry("mood", "good");
        started.get().close();
    }

    @Test
    void aGatewayThatStaysAwayIsTheReason() throws Exception {
        int port = freePort();

        assertThatThrownBy(() -> work(port, ASKED, 1))
                .isInstanceOf(CallFailed.class)
                .hasMessageStartingWith("the inference gateway does not answer: java.net.ConnectException");
    }

    @Test
    void anAnswerThatTakesTooLongIsNotAskedForTwice() throws Exception {
        try (StandInGateway gateway = start(0, Duration.ofSeconds(5), request -> GOOD)) {
            assertFails(gateway, ASKED, "no answer within 1 s");
            assertThat(gateway.calls).hasValue(1);
        }
    }

    private static void assertFails(StandInGateway gateway, Fill fill, String reason) {
        assertThatThrownBy(() -> work(gateway.port(), fill, 1))
                .isInstanceOf(CallFailed.class)
                .hasMessageStartingWith(reason);
    }

    /** Gives these replies, then the last one for ever. */
    private static StandInGateway answering(Reply... replies) {
        Iterator<Reply> rest = List.of(replies).iterator();
        Reply last = replies[replies.length - 1];
        return start(0, Duration.ZERO, request -> rest.hasNext() ? rest.next() : last);
    }

    private static StandInGateway start(int port, Duration delay, Function<JsonNode, Reply> model) {
        try {
            return new StandInGateway(port, delay, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, @Nullable String> work(int port, Fill fill, int seconds) throws Exception {
        Worker worker = Worker.of(spec(port, fill, seconds));
        Work work = new Work();
        work.event.key = "1";
        work.event.row.put("body", "All is well");
        boolean done = false;
        while (!done) {
            done = worker.step(work);
        }
        return work.values;
    }

    private static String spec(int port, Fill fill, int seconds) throws Exception {
        OutputColumn mood = new OutputColumn("mood", "STRING", false, List.of("good", "bad"), null, null, 10, fill);
        Agent agent = new Agent(
                "moods",
                new Agent.Trigger("shop.notes", List.of(), false, new Agent.Backlog(0, 0)),
                "id",
                List.of("body"),
                "chat",
                "embed",
                List.of(),
                List.of(),
                null,
                1,
                null,
                new Output("ai.moods", List.of(mood)),
                null,
                new Agent.Limits(10, seconds, 1000, 0, 1000),
                "agents/moods/agent.yaml");
        return Work.JSON.writeValueAsString(new AgentJobSpec(
                agent,
                Map.of(),
                Map.of(),
                "file:///nowhere",
                "jdbc:mysql://127.0.0.1:1/lake",
                "nobody",
                "NO_SUCH_VARIABLE",
                "http://127.0.0.1:" + port + "/v1",
                "NO_SUCH_VARIABLE",
                null,
                Map.of()));
    }
}
