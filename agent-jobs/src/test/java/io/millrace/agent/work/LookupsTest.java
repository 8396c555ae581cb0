package io.millrace.agent.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.agent.StandInGateway;
import io.millrace.agent.StandInGateway.Reply;
import io.millrace.agent.TestHotStore;
import io.millrace.agent.model.CallFailed;
import io.millrace.agent.tool.LookupRunner;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.HotReference;
import io.millrace.app.agent.Output;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.prompt.Prompt;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.fluss.metadata.Schema;
import org.apache.fluss.row.BinaryString;
import org.apache.fluss.row.Decimal;
import org.apache.fluss.row.TimestampLtz;
import org.apache.fluss.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that look a row of the hot store up. */
class LookupsTest {
    private static final HotReference ACTIVITY = new HotReference("shop.activity", 0);
    private static final HotReference PLACES = new HotReference("shop.places", 0);
    private static final HotReference GONE = new HotReference("shop.gone", 0);

    private static final String FACTS =
            "activity: customer_id 5, orders 3, spent 10.50, last_order_at 2026-11-26T10:15:30Z, note null";

    @TempDir
    static Path folder;

    private static TestHotStore store;
    private final Work work = new Work();
    private final LookupRunner runner = new LookupRunner(
            store.process.bootstrap(),
            Map.of(
                    ACTIVITY.table(), List.of("customer_id"),
                    PLACES.table(), List.of("shelf", "place"),
                    GONE.table(), List.of("customer_id")));

    @BeforeAll
    static void start() throws Exception {
        store = new TestHotStore(folder);
        store.create(
                "activity",
                Schema.newBuilder()
                        .column("customer_id", DataTypes.BIGINT())
                        .column("orders", DataTypes.BIGINT())
                        .column("spent", DataTypes.DECIMAL(14, 2))
                        .column("last_order_at", DataTypes.TIMESTAMP_LTZ(6))
                        .column("note", DataTypes.STRING())
                        .primaryKey("customer_id")
                        .build());
        store.create(
                "places",
                Schema.newBuilder()
                        .column("shelf", DataTypes.STRING())
                        .column("place", DataTypes.INT())
                        .primaryKey("shelf", "place")
                        .build());
        store.upsert(
                "activity",
                5L,
                3L,
                Decimal.fromBigDecimal(new BigDecimal("10.50"), 14, 2),
                TimestampLtz.fromInstant(Instant.parse("2026-11-26T10:15:30Z")),
                null);
        store.upsert("activity", 6L, 99L, null, null, null);
        store.upsert("places", BinaryString.fromString("A,1"), 4);
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
    }

    @AfterEach
    void close() throws Exception {
        runner.close();
    }

    @Test
    void theRowWithTheTriggerRowsKeyIsAFact() throws Exception {
        work.event.row.putAll(Map.of("customer_id", "5", "body", "customer_id 6"));
        lookUp(ACTIVITY);

        assertThat(work.facts).containsExactly(FACTS);
        assertThat(work.toolRows.get("activity"))
                .containsEntry("orders", "3")
                .containsEntry("spent", "10.50")
                .containsEntry("note", null);
        assertThat(work.steps)
                .extracting(Step::step, Step::by, Step::answer)
                .containsExactly(tuple("activity", "tool", FACTS));
    }

    @Test
    void aKeyOfSeveralColumnsIsTakenAsItIs() throws Exception {
        work.event.row.putAll(Map.of("place", "4", "shelf", "A,1"));
        lookUp(PLACES);

        assertThat(work.facts).containsExactly("places: shelf A,1, place 4");
    }

    @Test
    void aRowThatIsNotThereIsSaidToBeNone() throws Exception {
        work.event.row.put("customer_id", "7");
        lookUp(ACTIVITY);
        work.event.row.put("customer_id", null);
        lookUp(ACTIVITY);

        assertThat(work.facts).containsExactly("activity: nothing found", "activity: nothing found");
        assertThat(work.toolRows).isEmpty();
    }

    @Test
    void whatCannotBeLookedUpIsNoFact() throws Exception {
        work.event.row.put("customer_id", "five");
        lookUp(ACTIVITY);
        work.event.row.put("customer_id", "5");
        lookUp(GONE);

        assertThat(work.facts).isEmpty();
        assertThat(work.steps)
                .extracting(Step::answer)
                .containsExactly(
                        "tool activity: 'five' is no BIGINT, which shop.activity.customer_id is",
                        "tool gone: table hot.shop.gone does not exist");
    }

    @Test
    void aHotStoreThatComesBackIsWaitedForAndOneThatStaysAwayIsTheReason() throws Exception {
        work.event.row.put("customer_id", "5");
        store.process.kill();
        try {
            new Lookups(List.of(ACTIVITY), runner, Duration.ZERO).into(work);
            assertThat(work.steps).last().extracting(Step::answer).asString().contains("does not answer");
            assertThat(work.facts).isEmpty();
        } finally {
            CompletableFuture<Void> restart = CompletableFuture.runAsync(
                    () -> {
                        try {
                            store.process.restart();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
            new Lookups(List.of(ACTIVITY), runner, Duration.ofMinutes(1)).into(work);
            restart.get();
        }
        assertThat(work.facts).containsExactly(FACTS);
    }

    @Test
    void aWorkerFillsColumnsAndPromptsWithIt() throws Exception {
        Queue<String> prompts = new ConcurrentLinkedQueue<>();
        try (StandInGateway gateway = new StandInGateway(0, Duration.ZERO, request -> {
            prompts.add(request.at("/messages/0/content").asText());
            return Reply.content("Thank you.");
        })) {
            Worker worker = Worker.of(spec(gateway.url(), store.process.bootstrap(), 60));
            work.event.key = "1";
            work.event.row.putAll(Map.of("customer_id", "5", "body", "Hello"));
            while (!worker.step(work)) {}
        }
        assertThat(prompts).containsExactly("Hello: " + FACTS);
        assertThat(work.values).containsEntry("orders", "3").containsEntry("reply", "Thank you.");
        assertThat(work.steps).extracting(Step::by).containsExactly("tool", "model", "tool");
        Worker.release();
    }

    @Test
    void aRowWhoseLookupTookTheWholeTimeGoesToTheDeadLetters() throws Exception {
        Worker worker = Worker.of(spec("http://127.0.0.1:1/v1", "127.0.0.1:1", 1));
        work.event.key = "1";
        work.event.row.putAll(Map.of("customer_id", "5", "body", "Hello"));

        assertThatThrownBy(() -> {
                    while (!worker.step(work)) {}
                })
                .isInstanceOf(CallFailed.class);
        assertThat(work.steps)
                .first()
                .extracting(Step::answer)
                .isEqualTo("tool activity: the hot store at 127.0.0.1:1 does not answer");
    }

    private void lookUp(HotReference table) throws InterruptedException {
        new Lookups(List.of(table), runner, Duration.ofMinutes(1)).into(work);
    }

    private static String spec(String gateway, String hotStore, int seconds) throws Exception {
        Prompt prompt = new Prompt("reply.v1.md", List.of(new Prompt.Message("user", "{body}: {facts}")));
        Agent agent = new Agent(
                "notes",
                new Agent.Trigger("shop.notes", List.of(), false, new Agent.Backlog(0, 0)),
                "id",
                List.of("body"),
                "chat",
                "embed",
                List.of(),
                List.of(ACTIVITY),
                null,
                1,
                null,
                new Output(
                        "shop.answers",
                        List.of(
                                new OutputColumn(
                                        "reply", "STRING", false, List.of(), null, null, 10, new Fill.Asked(prompt)),
                                new OutputColumn(
                                        "orders",
                                        "BIGINT",
                                        true,
                                        List.of(),
                                        null,
                                        null,
                                        10,
                                        new Fill.FromTool("activity", "orders")))),
                null,
                new Agent.Limits(10, seconds, 1000, 0, 1000),
                "agents/notes/agent.yaml");
        return Work.JSON.writeValueAsString(new AgentJobSpec(
                agent,
                Map.of(),
                Map.of(),
                "file:///nowhere",
                "jdbc:mysql://127.0.0.1:1/lake",
                "nobody",
                "NO_SUCH_VARIABLE",
                gateway,
                "NO_SUCH_VARIABLE",
                hotStore,
                Map.of(ACTIVITY.table(), List.of("customer_id"))));
    }
}
