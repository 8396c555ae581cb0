package io.millrace.api.search;

import static io.millrace.api.search.ChunkLake.chunk;
import static io.millrace.api.search.ChunkLake.deletion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.service.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search over a lake that changes, and through restarts. */
class IndexLifeTest {
    private static final Map<String, String> OPEN = Map.of("status", "open");

    @TempDir
    Path folder;

    private ChunkLake lake;
    private StandInEmbeddings gateway;
    private Path app;

    @BeforeEach
    void open() throws Exception {
        lake = ChunkLake.in(folder.resolve("lake"));
        gateway = new StandInEmbeddings();
        app = SearchApi.app(folder.resolve("app"));
    }

    @AfterEach
    void close() throws Exception {
        lake.close();
        gateway.close();
    }

    private SearchApi start() throws Exception {
        return SearchApi.start(app, lake.address(), folder.resolve("data"), gateway.url());
    }

    private static void awaitKeys(SearchApi api, String query, String... keys) {
        await().untilAsserted(() -> assertThat(api.keys(query)).containsExactlyInAnyOrder(keys));
    }

    private void ticket(String key, String text) throws Exception {
        lake.write(chunk("tickets", key, 0, "", text, OPEN));
    }

    @Test
    void indexFollowsItsTableFromTheFirstRowOn() throws Exception {
        try (SearchApi api = start()) {
            await().until(() -> api.get("/v1/search?q=lamp").statusCode() == 200);
            ticket("1", "A lamp");
            ticket("2", "Another lamp");
            awaitKeys(api, "q=lamp&mode=text", "1", "2");
            lake.write(chunk("tickets", "1", 0, "", "A refund", Map.of("status", "closed")));
            awaitKeys(api, "q=lamp&mode=text", "2");
            assertThat(api.keys("q=money&mode=vector&status=closed")).containsExactly("1");
            lake.write(deletion(chunk("tickets", "2", 0, "", "Another lamp", OPEN)));
            awaitKeys(api, "q=lamp&mode=text");
            assertThat(api.search("q=lamp&mode=text").at("/snapshots/tickets").asLong())
                    .isEqualTo(lake.snapshot());
        }
    }

    @Test
    void restartAnswersFromItsOwnCommitAndGoesOnFromThere() throws Exception {
        ticket("1", "A lamp");
        long snapshot;
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "1");
            snapshot = lake.snapshot();
        }
        Path table = folder.resolve("lake/ai.db/chunks");
        Files.move(table, folder.resolve("away"));
        try (SearchApi api = start()) {
            assertThat(api.keys("q=lamp&mode=text")).containsExactly("1");
            assertThat(api.search("q=lamp&mode=text").at("/snapshots/tickets").asLong())
                    .isEqualTo(snapshot);
            Files.move(folder.resolve("away"), table);
            ticket("2", "Another lamp");
            lake.write(deletion(chunk("tickets", "1", 0, "", "A lamp", OPEN)));
            awaitKeys(api, "q=lamp&mode=text", "2");
        }
    }

    @Test
    void changesThatAreGoneAreMadeUpForByReadingAnew() throws Exception {
        ticket("1", "A lamp");
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "1");
        }
        lake.write(deletion(chunk("tickets", "1", 0, "", "A lamp", OPEN)));
        ticket("2", "Another lamp");
        ticket("3", "A third lamp");
        lake.expire();
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "2", "3");
        }
    }

    @Test
    void tableThatIsEmptiedIsReadAnew() throws Exception {
        ticket("1", "A lamp");
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "1");
            lake.truncate();
            awaitKeys(api, "q=lamp&mode=text");
            ticket("2", "Another lamp");
            awaitKeys(api, "q=lamp&mode=text", "2");
        }
    }

    @Test
    void spoiltIndexIsBuiltAnew() throws Exception {
        ticket("1", "A lamp");
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "1");
        }
        try (var files = Files.list(folder.resolve("data/search/tickets"))) {
            for (Path file :
                    files.filter(name -> name.toString().contains("segments_")).toList()) {
                Files.writeString(file, "spoilt");
            }
        }
        try (SearchApi api = start()) {
            awaitKeys(api, "q=lamp&mode=text", "1");
        }
    }

    @Test
    void modelOfAnotherLengthIsIndexedBesideTheOld() throws Exception {
        ticket("1", "A refund");
        lake.write(chunk("tickets", "2", 0, "", "A refund", OPEN, new float[1536]));
        float[] longer = new float[1536];
        longer[7] = 1;
        lake.write(chunk("tickets", "3", 0, "", "A refund", OPEN, longer));
        try (SearchApi api = start()) {
            awaitKeys(api, "q=refund&mode=text", "1", "2", "3");
            assertThat(api.keys("q=money&mode=vector")).containsExactly("1");
        }
    }

    @Test
    void folderOfARunningApiIsRefused() throws Exception {
        try (SearchApi api = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("is in use: end the other serving-api");
            assertThat(api.get("/health").statusCode()).isEqualTo(200);
        }
    }
}
