package io.millrace.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process of its own, killed while rows are written. */
class HotStoreTest {
    private static final TablePath ACTIVITY = TablePath.of("shop", "activity");
    private static final TablePath EVENTS = TablePath.of("shop", "events");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedRowIsThereAfterKills() throws Exception {
        Set<Long> upserted = ConcurrentHashMap.newKeySet();
        Set<Long> appended = ConcurrentHashMap.newKeySet();
        HotStoreProcess store = HotStoreProcess.start(folder);
        try {
            createTables(store);
            for (int round = 1; round <= 2; round++) {
                AtomicBoolean end = new AtomicBoolean();
                long first = round * 1_000_000L;
                Thread writer = new Thread(() -> write(store.bootstrap(), first, upserted, appended, end));
                writer.start();
                int before = upserted.size();
                await().atMost(LIMIT).until(() -> upserted.size() > before + 5_000);
                store.kill();
                end.set(true);
                writer.join();
                store.restart();
                assertThat(missing(store, upserted))
                        .as("acknowledged upserts that are gone")
                        .isEmpty();
                assertThat(missingEvents(store, appended))
                        .as("acknowledged appends that are gone")
                        .isEmpty();
                System.out.printf(
                        "round %d: %d upserts and %d appends acknowledged, all there%n",
                        round, upserted.size(), appended.size());
            }
        } finally {
            store.close();
        }
    }

    private static void createTables(HotStoreProcess store) throws Exception {
        try (Connection connection = connect(store.bootstrap());
                Admin admin = connection.getAdmin()) {
            admin.createDatabase("shop", DatabaseDescriptor.EMPTY, true).get();
            Schema keyed = Schema.newBuilder()
                    .column("id", DataTypes.BIGINT())
                    .column("seen", DataTypes.BIGINT())
                    .primaryKey("id")
                    .build();
            admin.createTable(
                            ACTIVITY,
                            TableDescriptor.builder()
                                    .schema(keyed)
                                    .distributedBy(2)
                                    .build(),
                            true)
                    .get();
            Schema log = Schema.newBuilder().column("id", DataTypes.BIGINT()).build();
            admin.createTable(
                            EVENTS,
                            TableDescriptor.builder()
                                    .schema(log)
                                    .distributedBy(1)
                                    .build(),
                            true)
                    .get();
        }
    }

    private static Connection connect(String bootstrap) {
        Configuration configuration = new Configuration();
        configuration.setString("bootstrap.servers", bootstrap);
        configuration.setString("client.writer.batch-timeout", "5 ms");
        configuration.setString("client.writer.retries", "0");
        configuration.setString("client.writer.enable-idempotence", "false");
        configuration.setString("client.request-timeout", "5 s");
        configuration.setString("client.lookup.batch-timeout", "1 ms");
        return ConnectionFactory.createConnection(configuration);
    }

    /** Writes keys from {@code first} on into both tables and keeps those that were acknowledged. */
    private static void write(String bootstrap, long first, Set<Long> upserted, Set<Long> appended, AtomicBoolean end) {
        try (Connection connection = connect(bootstrap);
                Table activity = connection.getTable(ACTIVITY);
                Table events = connection.getTable(EVENTS)) {
            UpsertWriter upserts = activity.newUpsert().createWriter();
            AppendWriter appends = events.newAppend().createWriter();
            Semaphore inFlight = new Semaphore(2000);
            for (long key = first; !end.get(); key++) {
                if (!inFlight.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                    continue;
                }
                long id = key;
                upserts.upsert(GenericRow.of(id, id)).whenComplete((done, failure) -> {
                    inFlight.release();
                    if (failure == null) {
                        upserted.add(id);
                    }
                });
                appends.append(GenericRow.of(id)).whenComplete((done, failure) -> {
                    if (failure == null) {
                        appended.add(id);
                    }
                });
            }
        } catch (Exception e) {
            System.out.println("the writer ends: " + e);
        }
    }

    private static Set<Long> missing(HotStoreProcess store, Set<Long> keys) throws Exception {
        Set<Long> missing = ConcurrentHashMap.newKeySet();
        try (Connection connection = connect(store.bootstrap());
                Table table = connection.getTable(ACTIVITY)) {
            Lookuper lookuper = table.newLookup().createLookuper();
            await().atMost(LIMIT).ignoreExceptions().until(() -> {
                lookuper.lookup(GenericRow.of(-1L)).get(5, TimeUnit.SECONDS);
                return true;
            });
            Semaphore inFlight = new Semaphore(500);
            for (long key : keys) {
                inFlight.acquire();
                lookuper.lookup(GenericRow.of(key)).whenComplete((found, failure) -> {
                    inFlight.release();
                    if (failure != null || found.getSingletonRow() == null) {
                        missing.add(key);
                    }
                });
            }
            inFlight.acquire(500);
        }
        return missing;
    }

    private static Set<Long> missingEvents(HotStoreProcess store, Set<Long> keys) throws Exception {
        Set<Long> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(keys);
        try (Connection connection = connect(store.bootstrap());
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
