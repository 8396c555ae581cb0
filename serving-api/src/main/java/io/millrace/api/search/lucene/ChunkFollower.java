package io.millrace.api.search.lucene;

import io.millrace.lake.Lake;
import io.millrace.lake.LakeException;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.disk.IOManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the search indexes as {@code ai.chunks} is, in a thread of its own, whatever becomes of the lake meanwhile. */
final class ChunkFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChunkFollower.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    /** Commits without changes of an index are written down too, or a restart would ask for snapshots long gone. */
    private static final Duration IDLE_COMMIT = Duration.ofMinutes(5);

    private final Warehouse warehouse;
    private final Path temporary;
    private final Map<String, ChunkIndex> indexes;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "search-index");
    private boolean rebuild;
    private String lastFailure = "";

    ChunkFollower(Warehouse warehouse, Path temporary, Map<String, ChunkIndex> indexes) {
        this.warehouse = warehouse;
        this.temporary = temporary;
        this.indexes = Map.copyOf(indexes);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!pause(Duration.ZERO)) {
            try (Lake lake = Lake.open(warehouse);
                    IOManager spill = IOManager.create(temporary.toString())) {
                follow(ChunkTable.open(lake, spill));
            } catch (ChunkTable.Passed e) {
                log.info("search indexes are built anew: {}", e.getMessage());
                rebuild = true;
            } catch (LakeException e) {
                log.debug("search waits for its table: {}", e.getMessage());
                pause(PAUSE);
            } catch (Exception e) {
                if (!String.valueOf(e).equals(lastFailure) && ended.getCount() > 0) {
                    log.warn("search indexes cannot be kept up to date, trying again", e);
                }
                lastFailure = String.valueOf(e);
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void follow(ChunkTable table) throws Exception {
        Optional<Long> next = rebuild ? Optional.empty() : next(table.uuid());
        boolean fresh = next.isEmpty();
        long committed = System.nanoTime();
        if (next.isPresent()) {
            table.goOnFrom(next.get());
        } else {
            for (ChunkIndex index : indexes.values()) {
                index.clear();
            }
        }
        while (ended.getCount() > 0) {
            long begin = System.nanoTime();
            long[] rows = new long[1];
            boolean changed = false;
            while (table.read((chunk, present) -> {
                rows[0]++;
                apply(chunk, present);
            })) {
                changed = true;
                if (fresh) {
                    break;
                }
            }
            boolean idle = System.nanoTime() - committed > IDLE_COMMIT.toNanos();
            if (changed || fresh || idle) {
                for (ChunkIndex index : indexes.values()) {
                    index.commit(new Progress(table.uuid(), table.next()));
                }
                committed = System.nanoTime();
            }
            if (fresh && rows[0] > 0) {
                for (ChunkIndex index : indexes.values()) {
                    index.merge();
                }
                log.info("search indexes built from {} chunks in {} ms", rows[0], (committed - begin) / 1_000_000);
            }
            fresh = false;
            rebuild = false;
            lastFailure = "";
            pause(PAUSE);
        }
    }

    /** From where all indexes can go on; empty when one cannot. */
    private Optional<Long> next(String uuid) {
        long least = Long.MAX_VALUE;
        for (ChunkIndex index : indexes.values()) {
            Optional<Progress> progress =
                    index.progress().filter(known -> known.table().equals(uuid));
            if (progress.isEmpty()) {
                return Optional.empty();
            }
            least = Math.min(least, progress.get().next());
        }
        return Optional.of(least);
    }

    private void apply(LakeChunk chunk, boolean present) {
        ChunkIndex index = indexes.get(chunk.index());
        if (index == null) {
            return;
        }
        try {
            if (present) {
                index.put(chunk);
            } else {
                index.delete(chunk.key(), chunk.chunk());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is to end. */
    private boolean pause(Duration duration) {
        try {
            return ended.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Waits for what it is doing. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
