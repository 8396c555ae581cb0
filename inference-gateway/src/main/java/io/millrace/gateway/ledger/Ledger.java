package io.millrace.gateway.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger: tables {@code inference_calls} and {@code inference_bodies} of a PostgreSQL database. Its futures fail with
 * {@link LedgerException} when the database is away; it is looked for every second.
 *
 * <p>Every transaction that writes holds the advisory lock 1835625580 shared, so that who takes it alone sees all writes
 * or none.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final String UNIQUE_VIOLATION = "23505";

    private final Pool pool;
    private final Keeper keeper;
    private final ExecutorService threads;
    private final long retryNanos;

    public Ledger(LedgerSettings settings, MeterRegistry metrics) {
        pool = new Pool(settings, metrics);
        retryNanos = TimeUnit.SECONDS.toNanos(settings.retrySeconds());
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(
                settings.poolSize(), task -> new Thread(task, "ledger-" + number.incrementAndGet()));
        keeper = new Keeper(pool, Instant.now());
    }

    /** Whether calls can be recorded right now. */
    public boolean up() {
        return pool.up();
    }

    /** The finished call of the identity; a done one before a rejected one. */
    public CompletableFuture<Optional<FinishedCall>> find(String identity) {
        return ask(connection -> find(connection, identity));
    }

    /** The finished call of the same identity; when there is none, the call is in flight from now on. */
    public CompletableFuture<Optional<FinishedCall>> begin(StartedCall call) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.BEGIN.sql())) {
                new Rows(statement).begin(call);
                return finished(statement);
            }
        });
    }

    /**
     * Commits how the call ended; a ledger that is away is waited for. When another gateway finished the same identity
     * first, this call is recorded as rejected and the other's is returned.
     */
    public CompletableFuture<Optional<FinishedCall>> finish(StartedCall call, Ending ending) {
        long deadline = System.nanoTime() + retryNanos;
        return finish(call, ending, deadline);
    }

    private CompletableFuture<Optional<FinishedCall>> finish(StartedCall call, Ending ending, long deadline) {
        return ask(connection -> write(connection, call, ending))
                .handle((first, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(first);
                    }
                    if (!(failure.getCause() instanceof LedgerException) || System.nanoTime() > deadline) {
                        log.error("call {} ended as {} but could not be recorded", call.callId(), ending.status());
                        return CompletableFuture.<Optional<FinishedCall>>failedFuture(failure);
                    }
                    return CompletableFuture.supplyAsync(
                                    () -> finish(call, ending, deadline),
                                    CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS))
                            .thenCompose(again -> again);
                })
                .thenCompose(result -> result);
    }

    private static Optional<FinishedCall> write(Connection connection, StartedCall call, Ending ending)
            throws SQLException {
        try {
            upsert(connection, call, ending);
            return Optional.empty();
        } catch (SQLException e) {
            if (!Objects.equals(e.getSQLState(), UNIQUE_VIOLATION)) {
                throw e;
            }
            Optional<FinishedCall> first = find(connection, call.identity());
            String whose = first.map(FinishedCall::callId).orElse("another call");
            upsert(connection, call, ending.rejected(whose + " finished the same call first"));
            return first;
        }
    }

    private static void upsert(Connection connection, StartedCall call, Ending ending) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.FINISH.sql())) {
            new Rows(statement).finish(call, ending);
            statement.executeUpdate();
        }
    }

    private static Optional<FinishedCall> find(Connection connection, String identity) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(Statements.FIND.sql())) {
            statement.setString(1, identity);
            return finished(statement);
        }
    }

    private static Optional<FinishedCall> finished(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new FinishedCall(
                            row.getString("call_id"),
                            Status.REJECTED.text().equals(row.getString("status")),
                            Objects.requireNonNullElse(row.getString("error"), ""),
                            Rows.integer(row, "prompt_tokens"),
                            Rows.integer(row, "completion_tokens"),
                            Objects.requireNonNullElse(row.getString("response"), "")))
                    : Optional.empty();
        }
    }

    /** Adds hits to their calls. */
    public CompletableFuture<Void> addHits(Map<String, Long> hits) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.HITS.sql())) {
                // Both arrays in the order of one iteration.
                var entries = hits.entrySet().stream().toList();
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "text", entries.stream().map(Map.Entry::getKey).toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "bigint",
                                entries.stream().map(Map.Entry::getValue).toArray()));
                statement.executeUpdate();
            }
            return null;
        });
    }

    /** The call with its bodies. */
    public CompletableFuture<Optional<RecordedCall>> call(String callId) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.CALL.sql())) {
                statement.setString(1, callId);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new RecordedCall(row.getString(1), row.getString(2), row.getString(3)))
                            : Optional.empty();
                }
            }
        });
    }

    /** The revision under which the model last answered, if it ever did. */
    public CompletableFuture<Optional<String>> lastRevision(String model) {
        return ask(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(Statements.REVISION.sql())) {
                statement.setString(1, model);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    private <T> CompletableFuture<T> ask(Pool.Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return pool.run(work);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    /** Ends after the writes that are already asked for. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("writes to the ledger were cut off: their calls stay running and become abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        keeper.close();
        pool.close();
    }
}
