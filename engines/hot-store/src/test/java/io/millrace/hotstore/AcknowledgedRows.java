package io.millrace.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.admin.Admin;
import org.apache.fluss.client.lookup.Lookuper;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.scanner.log.LogScanner;
import org.apache.fluss.client.table.scanner.log.ScanRecords;
import org.apache.fluss.client.table.writer.AppendWriter;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.DatabaseDescriptor;
import org.apache.fluss.metadata.Schema;
import org.apache.fluss.metadata.TableDescriptor;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.GenericRow;
import org.apache.fluss.types.DataTypes;

/** Writes rows into a table with a key and into a log, and knows which of them the hot store has acknowledged. */
final class AcknowledgedRows {
    private static final TablePath ACTIVITY = TablePath.of("shop", "activity");
    private static final TablePath EVENTS = TablePath.of("shop", "events");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int IN_FLIGHT = 2000;
    private static final long CLOSE_MILLIS = 30_000;

    private final String bootstrap;
    private final Map<String, String> writing;
    private final AtomicLong next = new AtomicLong();
    private final Set<Long> upserted = ConcurrentHashMap.newKeySet();
    private final Set<Long> appended = ConcurrentHashMap.newKeySet();

    /** @param writing settings of the writing client */
    AcknowledgedRows(String bootstrap, Map<String, String> writing) {
        this.bootstrap = bootstrap;
        this.writing = writing;
    }

    void createTables() throws Exception {
        try (Connection connection = connect(Map.of());
                Admin admin = connection.getAdmin()) {
            admin.createDatabase("shop", DatabaseDescriptor.EMPTY, true).get();
            Schema keyed = Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("seen", DataTypes.BIGINT())
                    .primaryKey("id")
                    .build();
            create(admin, ACTIVITY, keyed, 2);
            create(
                    admin,
                    EVENTS,
                    Schema.newBuilder().column("id", DataTypes.BIGINT()).build(),
                    1);
        }
    }

    private static void create(Admin admin, TablePath path, Schema schema, int buckets) throws Exception {
        admin.createTable(
                        path,
                        TableDescriptor.builder()
                                .schema(schema)
                                .distributedBy(buckets)
                                .build(),
                        true)
                .get();
    }

    private Connection connect(Map<String, String> settings) {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", bootstrap);
        configuration.setString("client.request-timeout", "5 s");
        configuration.setString("client.lookup.batch-timeout", "1 ms");
        configuration.setString("client.writer.batch-timeout", "5 ms");
        settings.forEach(configuration::setString);
        // A coordinator that listens may still refuse for a moment.
        return await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> ConnectionFactory.createConnection(configuration), Objects::nonNull);
    }

    /** Writes in a thread of its own until it is closed. */
    Writing write() {
        return new Writing();
    }

    final class Writing implements AutoCloseable {
        private final AtomicBoolean end = new AtomicBoolean();
        private final Thread thread = new Thread(this::run, "writer");

        private Writing() {
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits for acknowledgements of both kinds of rows written from now on. */
        void awaitAcknowledged(int count) {
            long first = next.get();
            await().atMost(LIMIT).until(() -> since(upserted, first) >= count && since(appended, first) >= count);
        }

        private static long since(Set<Long> acknowledged, long first) {
            return acknowledged.stream().filter(id -> id >= first).count();
        }

        private void run() {
            // Each its own: when one connection that writes two tables breaks, Fluss' client queues what was under way
            // twice
            // and then sends nothing any more.
            try (Connection upserting = connect(writing);
                    Connection appending = connect(writing);
                    Table activity = upserting.getTable(ACTIVITY);
                    Table events = appending.getTable(EVENTS)) {
                UpsertWriter upserts = activity.newUpsert().createWriter();
                AppendWriter appends = events.newAppend().createWriter();
                Semaphore inFlight = new Semaphore(IN_FLIGHT);
                while (!end.get()) {
                    if (!inFlight.tryAcquire(2, 100, TimeUnit.MILLISECONDS)) {
                        continue;
                    }
                    long id = next.getAndIncrement();
                    upserts.upsert(GenericRow.of(id, id)).whenComplete((done, failure) -> {
                        inFlight.release();
                        if (failure == null) {
                            upserted.add(id);
                        }
                    });
                    appends.append(GenericRow.of(id)).whenComplete((done, failure) -> {
                        inFlight.release();
                        if (failure == null) {
                            appended.add(id);
                        }
                    });
                }
            } catch (Exception e) {
                System.out.println("the writer ends: " + e);
            }
        }

        @Override
        public void close() throws InterruptedException {
            end.set(true);
            // While nothing takes its rows, Fluss' client does not end: a failed test would wait for it for ever.
            thread.join(CLOSE_MILLIS);
        }
    }

    void assertNoneAcknowledgedFor(Duration time) {
        int before = upserted.size() + appended.size();
        await("no acknowledgement")
                .during(time)
                .atMost(time.multipliedBy(2))
                .until(() -> upserted.size() + appended.size() == before);
    }

    void assertAllThere(String when) throws Exception {
        assertThat(missingUpserts())
                .as("acknowledged upserts that are gone after %s", when)
                .isEmpty();
        assertThat(missingAppends())
                .as("acknowledged appends that are gone after %s", when)
                .isEmpty();
        System.out.printf(
                "%s: %d upserts and %d appends acknowledged, all there%n", when, upserted.size(), appended.size());
    }

    private Set<Long> missingUpserts() throws Exception {
        Set<Long> missing = ConcurrentHashMap.newKeySet();
        try (Connection connection = connect(Map.of());
                Table table = connection.getTable(ACTIVITY)) {
            Lookuper lookuper = table.newLookup().createLookuper();
            await().atMost(LIMIT).ignoreExceptions().until(() -> {
                // Of each bucket some.
                for (long id = 0; id < 20; id++) {
                    lookuper.lookup(GenericRow.of(id)).get(5, TimeUnit.SECONDS);
                }
                return true;
            });
            Semaphore inFlight = new Semaphore(500);
            for (long id : upserted) {
                inFlight.acquire();
                lookuper.lookup(GenericRow.of(id)).whenComplete((found, failure) -> {
                    inFlight.release();
                    if (failure != null || found.getSingletonRow() == null) {
                        missing.add(id);
                    }
                });
            }
            inFlight.acquire(500);
        }
        return missing;
    }

    private Set<Long> missingAppends() throws Exception {
        Set<Long> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(appended);
        try (Connection connection = connect(Map.of());
                Table table = connection.getTable(EVENTS);
                LogScanner scanner = table.newScan().createLogScanner()) {
            scanner.subscribeFromBeginning(0);
            await().atMost(LIMIT).until(() -> {
                ScanRecords records = scanner.poll(Duration.ofMillis(500));
                records.forEach(record -> missing.remove(record.getRow().getLong(0)));
                return records.isEmpty() || missing.isEmpty();
            });
        }
        return missing;
    }
}
