package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficPauseTest {
    @Test
    void pauseWaitsForTheActionUnderWay() throws Exception {
        SourceDatabase database = SourceDatabase.shared();
        CompletableFuture<TrafficPause> pause;
        try (Connection connection = database.connect("app");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock_shared(" + TrafficPause.LOCK + ")");
            pause = CompletableFuture.supplyAsync(() -> begin(database));
            await().until(() -> database.waitingForALock() == 1);
            assertThat(pause).isNotDone();
            connection.commit();
            assertThat(pause).succeedsWithin(30, TimeUnit.SECONDS);
        }
        pause.join().close();
    }

    private static TrafficPause begin(SourceDatabase database) {
        try {
            return TrafficPause.begin(database.connect("app"));
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }
}
