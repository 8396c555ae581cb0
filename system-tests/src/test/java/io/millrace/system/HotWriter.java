package io.millrace.system;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.fluss.client.Connection;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.client.table.Table;
import org.apache.fluss.client.table.writer.AppendWriter;
import org.apache.fluss.client.table.writer.UpsertWriter;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.metadata.TablePath;
import org.apache.fluss.row.GenericRow;
import org.jspecify.annotations.Nullable;

/** Writes rows into two hot tables as fast as they are acknowledged, with new connections after failures. */
final class HotWriter {
    private static final int KEYS = 5_000;
    private static final int IN_FLIGHT = 50;

    private final String bootstrap;
    private final Map<Long, Long> upserted = new ConcurrentHashMap<>();
    private final Set<Long> appended = ConcurrentHashMap.newKeySet();
    private final AtomicLong upserts = new AtomicLong();
    private volatile boolean ending;
    private long next;
    private @Nullable Thread thread;
    private long whenAsked;

    HotWriter(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    void begin() {
        ending = false;
        thread = new Thread(this::write, "hot writer");
        thread.start();
    }

    void end() throws InterruptedException {
        ending = true;
        thread.join();
    }

    long acknowledged() {
        return Math.min(upserts.get(), appended.size());
    }

    /** Whether anything was acknowledged since this was last asked. */
    boolean goesOn() {
        long now = acknowledged();
        boolean more = now > whenAsked;
        whenAsked = now;
        return more;
    }

    long upserts() {
        return upserts.get();
    }

    /** The greatest acknowledged amount of each key. */
    Map<Long, Long> upserted() {
        return Map.copyOf(upserted);
    }

    Set<Long> appended() {
        return new HashSet<>(appended);
    }

    private void write() {
        while (!ending) {
            Configuration configuration = new Configuration();
            configuration.setString("bootstrap.servers", bootstrap);
            configuration.setString("client.writer.batch-timeout", "5 ms");
            configuration.setString("client.writer.retries", "0");
            configuration.setString("client.writer.enable-idempotence", "false");
            configuration.setString("client.request-timeout", "5 s");
            try (Connection connection = ConnectionFactory.createConnection(configuration);
                    Table written = connection.getTable(TablePath.of("shop", "written"));
                    Table logged = connection.getTable(TablePath.of("shop", "logged"))) {
                write(written.newUpsert().createWriter(), logged.newAppend().createWriter());
            } catch (Exception e) {
                pause();
            }
        }
    }

    private void write(UpsertWriter upsert, AppendWriter append) throws InterruptedException {
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        int refused = 0;
        while (!ending && refused < 20) {
            if (!inFlight.tryAcquire(2, 200, TimeUnit.MILLISECONDS)) {
                refused++;
                continue;
            }
            long id = next % KEYS;
            long amount = next++;
            upsert.upsert(GenericRow.of(id, amount)).whenComplete((done, failure) -> {
                inFlight.release();
                if (failure == null) {
                    upserts.incrementAndGet();
                    upserted.merge(id, amount, Math::max);
                }
            });
            append.append(GenericRow.of(amount)).whenComplete((done, failure) -> {
                inFlight.release();
                if (failure == null) {
                    appended.add(amount);
                }
            });
        }
        inFlight.tryAcquire(IN_FLIGHT, 6, TimeUnit.SECONDS);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
