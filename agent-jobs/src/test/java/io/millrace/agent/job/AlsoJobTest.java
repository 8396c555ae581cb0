package io.millrace.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.agent.StandInGateway;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.Output;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.prompt.Prompt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job of an agent with {@code also:} on a Flink cluster over a real lake; takes about 30 seconds. */
class AlsoJobTest {
    private static final long AFTER_THE_START = System.currentTimeMillis() + 3_600_000;

    @TempDir
    Path folder;

    private final Queue<String> prompts = new ConcurrentLinkedQueue<>();
    private TriggerLake lake;
    private JobCluster cluster;
    private StandInGateway gateway;

    @BeforeEach
    void start() throws Exception {
        lake = new TriggerLake(folder);
        gateway = new StandInGateway(0, Duration.ZERO, request -> {
            prompts.add(request.at("/messages/0/content").asText());
            return StandInGateway.Reply.content("Thank you.");
        });
        cluster = new JobCluster(folder);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        gateway.close();
        lake.close();
    }

    @Test
    void whatAnAttachmentSaysChangesTheResult() throws Exception {
        lake.ticket(1, "Broken kettle", "The receipt is attached.", 100, AFTER_THE_START);
        AgentJob.main(new String[] {spec()});
        awaitHistory("1 100 null");

        // The order's number stands in the photographed receipt alone.
        lake.attachment("tickets/1/receipt.png", 1L, "receipt.png", "Order 123456\nKettle 29.90");
        awaitHistory("1 100 null", "1 101 123456");
        assertThat(prompts).last().asString().contains("Kettle 29.90");

        // The same again changes nothing; an attachment may come before its ticket, or without one.
        lake.attachment("tickets/1/receipt.png", 1L, "receipt.png", "Order 123456\nKettle 29.90");
        lake.attachment("tickets/2/a.txt", 2L, "a.txt", "Order 134567");
        lake.attachment("leaflet.pdf", null, "leaflet.pdf", "Order 199999");
        // Read after those: its result says that they are known.
        lake.attachment("tickets/1/note.txt", 1L, "note.txt", "It still leaks.");
        awaitHistory("1 100 null", "1 101 123456", "1 102 123456");
        lake.ticket(2, "Late parcel", "See a.txt", 200, AFTER_THE_START);
        awaitHistory("1 100 null", "1 101 123456", "1 102 123456", "2 200 134567");

        // What the customer writes counts before what is attached.
        lake.ticket(1, "Broken kettle", "It was order 111111.", 300, AFTER_THE_START);
        awaitHistory("1 100 null", "1 101 123456", "1 102 123456", "1 300 111111", "2 200 134567");

        lake.deleteAttachment("tickets/2/a.txt", 2L);
        awaitHistory("1 100 null", "1 101 123456", "1 102 123456", "1 300 111111", "2 200 134567", "2 201 null");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lake.results("triage")).containsExactly("1 300 111111", "2 201 null"));
        assertThat(prompts).hasSize(6);
    }

    private void awaitHistory(String... rows) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(lake.results("triage_history")).containsExactly(rows));
    }

    private String spec() throws Exception {
        Prompt prompt = new Prompt("reply.v1.md", List.of(new Prompt.Message("user", "{subject}: {attachments}")));
        Agent agent = new Agent(
                "triage",
                new Agent.Trigger(
                        "shop.tickets",
                        List.of("subject", "body"),
                        true,
                        new Agent.Backlog(20, 1),
                        new Agent.Also("shop.attachments", "ticket_id", List.of("name", "text"))),
                "ticket_id",
                List.of("subject", "body"),
                "chat",
                "embed",
                List.of(),
                List.of(),
                null,
                1,
                null,
                new Output(
                        "shop.triage",
                        List.of(
                                new OutputColumn(
                                        "order_id",
                                        "BIGINT",
                                        true,
                                        List.of(),
                                        null,
                                        null,
                                        10,
                                        new Fill.FromInput("1\\d{5}")),
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
                "state.backend.type", "forst",
                "state.backend.forst.sync.enforce-local", "false",
                "table.exec.sink.upsert-materialize", "NONE",
                "table.local-time-zone", "UTC",
                "restart-strategy.type", "none");
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
                        null,
                        Map.of()));
    }
}
