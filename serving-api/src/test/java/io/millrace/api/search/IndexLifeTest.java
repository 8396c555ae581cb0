package io.millrace.api.search;

import static io.millrace.api.search.ChunkLake.chunk;
import static io.millrace.api.search.ChunkLake.deletion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.problem.ProblemException;
import io.millrace.api.search.lucene.LuceneEngine;
import io.millrace.app.search.SearchIndex;
import io.millrace.lake.Warehouse;
import io.millrace.service.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search over a lake that changes, and through restarts. */
class IndexLifeTest {
    private static final Map<String, String> OPEN = Map.of("status", "open");

    private static final List<SearchIndex> INDEXES = List.of(
            new SearchIndex("tickets", "shop.tickets", "ticket_id", "subject", List.of("body"), List.of("status")));

    @TempDir
    Path folder;

    private ChunkLake lake;

    /** Search as a program has it from its start to its end. */
    private record Running(SearchEngine engine) implements AutoCloseable {
        Findings words(String text) {
            return engine.find(new SearchQuery(text, true, null, INDEXES, Map.of(), 10));
        }

        Findings meaning(String text, Map<String, List<String>> filters) {
            List<Float> numbers = new ArrayList<>();
            for (float number : StandInEmbeddings.vector(text)) {
                numbers.add(number);
            }
            QueryVector vector = new QueryVector(StandInEmbeddings.MODEL, numbers);
            return engine.find(new SearchQuery(text, false, vector, INDEXES, filters, 10));
        }

        void await(String text, String... keys) {
            Awaitility.await()
                    .ignoreExceptionsMatching(ProblemException.class::isInstance)
                    .untilAsserted(() -> assertThat(keys(words(text))).containsExactlyInAnyOrder(keys));
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static List<String> keys(Findings findings) {
        return findings.hits().stream().map(hit -> hit.item().row().key()).toList();
    }

    @BeforeEach
    void open() throws Exception {
        lake = ChunkLake.in(folder.resolve("lake"));
    }

    @AfterEach
    void close() throws Exception {
        lake.close();
    }

    private Running start() {
        return new Running(LuceneEngine.open(Warehouse.local(lake.address()), folder.resolve("search"), INDEXES));
    }

    private void ticket(String key, String text) throws Exception {
        lake.write(chunk("tickets", key, 0, "", text, OPEN));
    }

    @Test
    void indexFollowsItsTableFromTheFirstRowOn() throws Exception {
        try (Running search = start()) {
            search.await("lamp");
            ticket("1", "A lamp");
            ticket("2", "Another lamp");
            search.await("lamp", "1", "2");
            lake.write(chunk("tickets", "1", 0, "", "A refund", Map.of("status", "closed")));
            search.await("lamp", "2");
            assertThat(keys(search.meaning("money", Map.of("status", List.of("closed")))))
                    .containsExactly("1");
            lake.write(deletion(chunk("tickets", "2", 0, "", "Another lamp", OPEN)));
            search.await("lamp");
            assertThat(search.words("lamp").snapshots()).containsEntry("tickets", lake.snapshot());
        }
    }

    @Test
    void restartAnswersFromItsOwnCommitAndGoesOnFromThere() throws Exception {
        ticket("1", "A lamp");
        long snapshot;
        try (Running search = start()) {
            search.await("lamp", "1");
            snapshot = lake.snapshot();
        }
        Path table = folder.resolve("lake/ai.db/chunks");
        Files.move(table, folder.resolve("away"));
        try (Running search = start()) {
            assertThat(keys(search.words("lamp"))).containsExactly("1");
            assertThat(search.words("lamp").snapshots()).containsEntry("tickets", snapshot);
            Files.move(folder.resolve("away"), table);
            ticket("2", "Another lamp");
            lake.write(deletion(chunk("tickets", "1", 0, "", "A lamp", OPEN)));
            search.await("lamp", "2");
        }
    }

    @Test
    void changesThatAreGoneAreMadeUpForByReadingAnew() throws Exception {
        ticket("1", "A lamp");
        try (Running search = start()) {
            search.await("lamp", "1");
        }
        lake.write(deletion(chunk("tickets", "1", 0, "", "A lamp", OPEN)));
        ticket("2", "Another lamp");
        ticket("3", "A third lamp");
        lake.expire();
        try (Running search = start()) {
            search.await("lamp", "2", "3");
        }
    }

    @Test
    void tableThatIsEmptiedIsReadAnew() throws Exception {
        ticket("1", "A lamp");
        try (Running search = start()) {
            search.await("lamp", "1");
            lake.truncate();
            search.await("lamp");
            ticket("2", "Another lamp");
            search.await("lamp", "2");
        }
    }

    @Test
    void spoiltIndexIsBuiltAnew() throws Exception {
        ticket("1", "A lamp");
        try (Running search = start()) {
            search.await("lamp", "1");
        }
        try (var files = Files.list(folder.resolve("search/tickets"))) {
            for (Path file :
                    files.filter(name -> name.toString().contains("segments_")).toList()) {
                Files.writeString(file, "spoilt");
            }
        }
        try (Running search = start()) {
            search.await("lamp", "1");
        }
    }

    @Test
    void modelOfAnotherLengthIsIndexedBesideTheOld() throws Exception {
        ticket("1", "A refund");
        lake.write(chunk("tickets", "2", 0, "", "A refund", OPEN, new float[1536]));
        float[] longer = new float[1536];
        longer[7] = 1;
        lake.write(chunk("tickets", "3", 0, "", "A refund", OPEN, longer));
        try (Running search = start()) {
            search.await("refund", "1", "2", "3");
            assertThat(keys(search.meaning("money", Map.of()))).containsExactly("1");
        }
    }

    @Test
    void folderOfARunningApiIsRefused() throws Exception {
        ticket("1", "A lamp");
        try (Running search = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("is in use: end the other serving-api");
            search.await("lamp", "1");
        }
    }
}
