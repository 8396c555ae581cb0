package io.millrace.launcher.platform;

import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.Tiering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices that hot tables are behind in the lake and none comes any further, though the hot store answers: the enumerator of
 * Fluss 0.9.1's tiering job asks for tables and offsets and waits without a limit, so that it stands still for ever where
 * an answer is lost (once in 25 kills of the hot store). Begun anew it goes on. For one thread at a time.
 */
final class TieringWatch implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** After the job was begun anew: the hot store gives the tables of a job that is gone away after two minutes. */
    static final Duration PATIENCE_AFTERWARDS = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Supplier<Map<String, Tiering.Progress>> progress;
    private final LongSupplier nanoTime;
    private final AutoCloseable asked;
    private Map<String, Long> snapshots = Map.of();
    private long lookAgainAt;
    private long movedAt;
    private Duration patience = PATIENCE;

    /** @param progress of each table; may throw a {@link HotStoreException} */
    TieringWatch(Supplier<Map<String, Tiering.Progress>> progress, LongSupplier nanoTime, AutoCloseable asked) {
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.asked = asked;
        this.lookAgainAt = nanoTime.getAsLong();
        this.movedAt = lookAgainAt;
    }

    static TieringWatch of(List<TableDefinition> tables, String hotStore) {
        Tiering tiering = new Tiering(hotStore);
        return new TieringWatch(
                () -> {
                    Map<String, Tiering.Progress> all = new TreeMap<>();
                    tables.forEach(table -> all.put(table.qualifiedName(), tiering.of(table.database(), table.name())));
                    return all;
                },
                System::nanoTime,
                tiering);
    }

    /** Whether the job should begin anew; once it was said, not again for a while. */
    boolean isStalled() {
        long now = nanoTime.getAsLong();
        if (now - lookAgainAt < 0) {
            return false;
        }
        lookAgainAt = now + BETWEEN_LOOKS.toNanos();
        Map<String, Long> reached = new TreeMap<>();
        boolean behind = false;
        try {
            for (Map.Entry<String, Tiering.Progress> table : progress.get().entrySet()) {
                reached.put(table.getKey(), table.getValue().snapshot());
                behind |= table.getValue().changesBehind() > 0;
            }
        } catch (HotStoreException e) {
            // It is away; whoever watches programs sees to that.
            movedAt = now;
            return false;
        }
        if (!behind || !reached.equals(snapshots)) {
            snapshots = reached;
            movedAt = now;
            patience = PATIENCE;
            return false;
        }
        if (now - movedAt < patience.toNanos()) {
            return false;
        }
        movedAt = now;
        patience = PATIENCE_AFTERWARDS;
        return true;
    }

    @Override
    public void close() throws Exception {
        asked.close();
    }
}
