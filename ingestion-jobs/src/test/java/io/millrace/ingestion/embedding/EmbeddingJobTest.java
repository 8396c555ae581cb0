package io.millrace.ingestion.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.app.search.SearchIndex;
import io.millrace.ingestion.gateway.StandInGateway;
import io.millrace.ingestion.gateway.StandInGateway.Asked;
import io.millrace.ingestion.gateway.StandInGateway.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.types.RowKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job in a real Flink, over a lake on disk and a gateway that stands in. */
class EmbeddingJobTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LONG =
            "The parcel came late and the box was wet. ".repeat(50).strip();

    @TempDir
    Path folder;

    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger slowness = new AtomicInteger();
    private StandInGateway gateway;
    private TicketLake lake;
    private @Nullable JobClient job;

    @BeforeEach
    void makeALake() throws Exception {
        gateway = new StandInGateway(this::embed);
        lake = TicketLake.in(folder);
    }

    @AfterEach
    void end() throws Exception {
        if (job != null) {
            job.cancel().get(30, TimeUnit.SECONDS);
        }
        gateway.close();
    }

    private Reply embed(Asked asked) {
        ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", "mini");
        ArrayNode data = answer.putArray("data");
        for (var text : asked.body().path("input")) {
            if (text.asText().contains("poison")) {
                return Reply.status(500, "the model broke");
            }
            data.addObject()
                    .put("index", data.size() - 1)
                    .putArray("embedding")
                    .add(text.asText().length())
                    .add(0.5);
        }
        StandInGateway.sleep(slowness.get());
        return busy.getAndDecrement() > 0
                ? Reply.status(429, "budget used up").with("Retry-After", "1")
                : new Reply(200, Map.of(), answer.toString());
    }

    private void start() throws Exception {
        EmbeddingJobSpec spec = new EmbeddingJobSpec(
                List.of(new SearchIndex(
                        "tickets",
                        "shop.tickets",
                        "ticket_id",
                        "subject",
                        List.of("body"),
                        List.of("status", "urgent"))),
                Map.of(
                        "parallelism.default", "1",
                        "execution.checkpointing.interval", "300 ms",
                        "table.exec.sink.upsert-materialize", "NONE",
                        "rest.bind-port", "0",
                        "pipeline.name", "search_chunks"),
                folder.toUri().toString(),
                gateway.url(),
                "NO_SUCH_KEY",
                "embed",
                "mini",
                2);
        job = EmbeddingJob.start(new ObjectMapper().readValue(JSON.writeValueAsString(spec), EmbeddingJobSpec.class));
    }

    private void awaitChunks(String... rows) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(lake.chunks()).containsExactly(rows));
    }

    @Test
    void chunksFollowTheirTable() throws Exception {
        lake.write(row(1, "Late", "Where is it?", "open", true, 1), row(2, "Wet", LONG, "open", null, 1));
        busy.set(1);
        start();
        awaitChunks(
                "1 0 Late true,open 17.0 mini -",
                "2 0 Wet open 969.0 mini -",
                "2 1 Wet open 969.0 mini -",
                "2 2 Wet open 423.0 mini -");
        assertThat(gateway.asked).anySatisfy(asked -> {
            assertThat(asked.body().path("input")).hasSize(3);
            assertThat(asked.body().path("model").asText()).isEqualTo("embed");
            assertThat(asked.header("Millrace-caller")).isEqualTo("search_chunks");
            assertThat(asked.header("Millrace-key")).isEqualTo("tickets/2");
        });
        int calls = gateway.calls.get();

        lake.write(row(1, "Late", "Where is it?", "open", true, 2), row(2, "Wet", "It is dry.", "closed", false, 2));
        awaitChunks("1 0 Late true,open 17.0 mini -", "2 0 Wet false,closed 14.0 mini -");
        assertThat(gateway.calls).hasValue(calls + 1);

        GenericRow deletion = row(1, "Late", "Where is it?", "open", true, 2);
        deletion.setRowKind(RowKind.DELETE);
        lake.write(deletion);
        awaitChunks("2 0 Wet false,closed 14.0 mini -");
    }

    @Test
    void failingModelLeavesTheTextAndTheJobLives() throws Exception {
        lake.write(row(1, "Odd", "poison", "open", false, 1));
        start();
        awaitChunks("1 0 Odd open,false - - gateway answered 500: the model broke");
        lake.write(row(1, "Odd", "medicine", "open", false, 1), row(2, null, null, "open", false, 1));
        awaitChunks("1 0 Odd open,false 12.0 mini -", "2 0  open,false - - there is no text to embed");
    }

    @Test
    void firstTextsAreThereWhileOthersWaitForTheModel() throws Exception {
        slowness.set(50);
        lake.write(IntStream.rangeClosed(1, 400)
                .mapToObj(key -> row(key, "Late", "Where is parcel " + key + "?", "open", true, 1))
                .toArray(GenericRow[]::new));
        start();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !lake.chunks().isEmpty());
        assertThat(gateway.calls.get()).isLessThan(300);
    }

    private static GenericRow row(
            long key,
            @Nullable String subject,
            @Nullable String body,
            String status,
            @Nullable Boolean urgent,
            int note) {
        return GenericRow.of(
                key,
                BinaryString.fromString(subject),
                BinaryString.fromString(body),
                BinaryString.fromString(status),
                urgent,
                note);
    }
}
