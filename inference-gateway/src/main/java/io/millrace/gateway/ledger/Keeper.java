package io.millrace.gateway.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the ledger every second: makes its tables, says when it is up, and ends the rows that dead gateways left
 * running.
 *
 * <p>Every gateway holds one advisory lock shared for as long as its session lives. Who can take that lock alone is the
 * only gateway: every row that was running before it started is abandoned. Beside other gateways, rows that have run for
 * an hour are. A row abandoned too early is set right when its call finishes.
 */
final class Keeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final String LIFE = "1835625582";
    private static final Duration AGE_LIMIT = Duration.ofHours(1);

    private final Pool pool;
    private final Instant born;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ledger-keeper"));
    private @Nullable Connection session;
    private boolean swept;
    private Instant nextAgeSweep = Instant.MIN;

    /** Looks once before it returns. */
    Keeper(Pool pool, Instant born) {
        this.pool = pool;
        this.born = born;
        look();
        if (!pool.up()) {
            log.warn("the ledger is not there yet: calls are refused until it is");
        }
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            Connection open = session;
            if (open == null || !open.isValid(2)) {
                abandonSession();
                open = connect();
                session = open;
            }
            sweep(open);
            pool.comeUp();
        } catch (SQLException e) {
            abandonSession();
            pool.goDown(e.getMessage());
            log.debug("the ledger cannot be kept", e);
        }
    }

    private Connection connect() throws SQLException {
        Connection open = pool.session();
        try (Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute(Statements.SCHEMA.sql());
            open.commit();
            open.setAutoCommit(true);
            statement.execute("SELECT pg_advisory_lock_shared(" + LIFE + ")");
            return open;
        } catch (SQLException e) {
            open.close();
            throw e;
        }
    }

    private void sweep(Connection open) throws SQLException {
        if (!swept && isAlone(open)) {
            abandon(open, born);
            swept = true;
        }
        Instant now = Instant.now();
        if (now.isAfter(nextAgeSweep)) {
            abandon(open, now.minus(AGE_LIMIT));
            nextAgeSweep = now.plusSeconds(60);
        }
    }

    private static boolean isAlone(Connection open) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LIFE + ")")) {
            boolean alone = row.next() && row.getBoolean(1);
            if (alone) {
                statement.execute("SELECT pg_advisory_unlock(" + LIFE + ")");
            }
            return alone;
        }
    }

    private static void abandon(Connection open, Instant before) throws SQLException {
        try (PreparedStatement statement = open.prepareStatement(Statements.ABANDON.sql())) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            int rows = statement.executeUpdate();
            if (rows > 0) {
                log.warn("{} calls were in flight when their gateway ended: abandoned, possibly billed", rows);
            }
        }
    }

    private void abandonSession() {
        Connection open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("a broken session did not close", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("the ledger's keeper did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        abandonSession();
    }
}
