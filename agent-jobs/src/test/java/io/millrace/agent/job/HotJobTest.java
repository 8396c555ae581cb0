package io.millrace.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.StandInGateway;
import io.millrace.agent.TestHotStore;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.HotReference;
import io.millrace.app.agent.Output;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.ResultColumns;
import io.millrace.app.prompt.Prompt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.fluss.metadata.Schema;
import org.apache.fluss.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job of an agent with a lookup and hot results, over a real lake and a real hot store; takes about a minute. */
class HotJobTest {
    private static final long AFTER_THE_START = System.currentTimeMillis() + 3_600_000;

    @TempDir
    Path folder;

    private TriggerLake lake;
    private TestHotStore store;
    private JobCluster cluster;
    private StandInGateway gateway;

    @BeforeEach
    void start() throws Exception {
        lake = new TriggerLake(folder);
        store = new TestHotStore(Files.createDirectory(folder.resolve("hot")));
        store.create(
                "last_orders",
                Schema.newBuilder()
                        .column("ticket_id", DataTypes.BIGINT())
                        .column("number", DataTypes.BIGINT())
                        .primaryKey("ticket_id")
                        .build());
        store.create("triage_hot", results());
        store.upsert("last_orders", 1L, 123456L);
        gateway = new StandInGateway(0, Duration.ZERO, request -> {
            if (request.at("/messages/0/content").asText().contains("Bad day")) {
                killTheHotStore();
            }
            return StandInGateway.Reply.content("Thank you.");
        });
        cluster = new JobCluster(folder);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        gateway.close();
        store.close();
        lake.close();
    }

    @Test
    void currentResultsAreInTheHotStoreAsTheyAreInTheLake() throws Exception {
        lake.ticket(1, "Broken kettle", "It leaks.", 100, AFTER_THE_START);
        lake.ticket(2, "Late parcel", "Where is it?", 200, AFTER_THE_START);
        AgentJob.main(new String[] {spec()});
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(lake.results("triage")).containsExactly("1 100 123456", "2 200 null");
            assertThat(hot(1)).contains("1 100 123456 Thank you.");
            assertThat(hot(2)).contains("2 200 null Thank you.");
        });

        lake.deleteTicket(1);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(lake.results("triage")).containsExactly("2 200 null");
            assertThat(hot(1)).isEmpty();
        });

        // The hot store goes while the model is asked: the result waits for it.
        lake.ticket(2, "Bad day", "Where is it?", 300, AFTER_THE_START);
        await().atMost(Duration.ofSeconds(60)).until(() -> !store.process.isAlive());
        store.process.restart();
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(lake.results("triage")).containsExactly("2 300 null");
            assertThat(hot(2)).contains("2 300 null Thank you.");
        });
    }

    private void killTheHotStore() {
        try {
            store.process.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Key, version, order and reply. */
    private Optional<String> hot(long ticket) throws Exception {
        Optional<Map<String, @Nullable Object>> row = store.row("triage_hot", String.valueOf(ticket));
        return row.map(values -> values.get("ticket_id") + " " + values.get("_input_version") + " "
                + values.get("order_id") + " " + values.get("reply"));
    }

    private static Schema results() {
        Schema.Builder schema = Schema.newBuilder().column("ticket_id", DataTypes.BIGINT());
        ResultColumns.PROVENANCE.forEach((name, type) -> schema.column(name, DataTypes.parse(type)));
        return schema.column("order_id", DataTypes.BIGINT())
                .column("reply", DataTypes.STRING())
                .primaryKey("ticket_id")
                .build();
    }

    private String spec() throws Exception {
        Prompt prompt = new Prompt("reply.v1.md", List.of(new Prompt.Message("user", "{subject}")));
        Agent agent = new Agent(
                "triage",
                new Agent.Trigger("shop.tickets", List.of("subject", "body"), true, new Agent.Backlog(20, 1)),
                "ticket_id",
                List.of("subject", "body"),
                "chat",
                "embed",
                List.of(),
                List.of(new HotReference("shop.last_orders", 0)),
                null,
                1,
                null,
                new Output(
                        "shop.triage",
                        new HotReference("shop.triage_hot", 0),
                        List.of(
                                new OutputColumn(
                                        "order_id",
                                        "BIGINT",
                                        true,
                                        List.of(),
                                        null,
                                        null,
                                        10,
                                        new Fill.FromTool("last_orders", "number")),
                                new OutputColumn(
                                        "reply", "STRING", false, List.of(), null, null, 10, new Fill.Asked(prompt)))),
                null,
                new Agent.Limits(10, 60, 1000, 0, 1200),
                "agents/triage/agent.yaml");
        Map<String, String> settings = Map.of(
                "pipeline.name", "triage",
                "parallelism.default", "1",
                "pipeline.max-parallelism", "16",
                "execution.checkpointing.interval", "500 ms",
                "execution.checkpointing.tolerable-failed-checkpoints", "100",
                "state.backend.type", "forst",
                "state.backend.forst.sync.enforce-local", "false",
                "table.exec.sink.upsert-materialize", "NONE",
                "table.local-time-zone", "UTC",
                "restart-strategy.type", "exponential-delay");
        return new ObjectMapper()
                .writeValueAsString(new AgentJobSpec(
                        agent,
                        settings,
                        Map.of("ticket_id", "BIGINT", "subject", "STRING", "body", "STRING"),
                        lake.uri(),
                        "jdbc:mysql://127.0.0.1:1/lake",
                        "nobody",
                        "NO_SUCH_VARIABLE",
                        gateway.url(),
                        "NO_SUCH_VARIABLE",
                        store.process.bootstrap(),
                        Map.of("shop.last_orders", List.of("ticket_id"))));
    }
}
