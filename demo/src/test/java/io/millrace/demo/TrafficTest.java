package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traffic program in a JVM of its own; its actions send no events, so no Kafka has to be there. */
class TrafficTest {
    @TempDir
    Path folder;

    private SourceDatabase database;
    private Process traffic;

    @BeforeEach
    void start() throws Exception {
        database = SourceDatabase.shared();
        database.recreate("traffic");
        try (Connection connection = database.connect("traffic");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE visits (id BIGINT GENERATED ALWAYS AS IDENTITY, kind TEXT)");
        }
        Path actions = Files.createDirectory(folder.resolve("actions"));
        Files.writeString(actions.resolve("kept.sql"), "-- weight 1\nINSERT INTO visits (kind) VALUES ('kept');");
        Files.writeString(
                actions.resolve("undone.sql"),
                "-- weight 1\n-- rollback\nINSERT INTO visits (kind) VALUES ('undone');");
        Files.writeString(actions.resolve("wrong.sql"), "-- weight 1\nINSERT INTO nothing VALUES (1);");
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                "folder: " + actions + "\ndatabase: " + database.url("traffic") + "\npassword: "
                        + SourceDatabase.PASSWORD + "\nactionsPerSecond: 100\n");
        traffic = SourceDatabase.run(Traffic.class.getName(), settings, folder.resolve("traffic.log"));
    }

    @AfterEach
    void end() throws Exception {
        traffic.getOutputStream().close();
        assertThat(traffic.onExit()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void actionsWaitUntilThePauseEnds() throws Exception {
        awaitMoreVisitsThan(0);
        long paused;
        try (TrafficPause pause = TrafficPause.begin(database.connect("traffic"))) {
            assertThat(pause).isNotNull();
            await().until(() -> database.waitingForALock() == 1);
            paused = visits();
        }
        awaitMoreVisitsThan(paused);
    }

    @Test
    void whatIsRolledBackIsNeverSeenAndAFailingActionStopsNothing() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.readString(folder.resolve("traffic.log"))
                .contains("wrong.sql: ERROR: relation \"nothing\" does not exist"));
        awaitMoreVisitsThan(visits());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> database.number("traffic", "SELECT max(id) - count(*) FROM visits") > 0);
        assertThat(database.number("traffic", "SELECT count(*) FROM visits WHERE kind = 'undone'"))
                .isZero();
    }

    private void awaitMoreVisitsThan(long number) {
        await().atMost(Duration.ofSeconds(30)).until(() -> visits() > number);
    }

    private long visits() throws Exception {
        return database.number("traffic", "SELECT count(*) FROM visits");
    }
}
