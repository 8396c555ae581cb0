package io.millrace.ingestion.doris;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches into Doris: again under the same label until there is an answer, and in halves when a row is refused, so
 * that only the refused ones go to the dead letters.
 */
final class Loader {
    private static final Logger log = LoggerFactory.getLogger(Loader.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LoadTarget target;
    private final StreamLoad doris;
    private final Labels labels;
    private final DeadLetters deadLetters;
    private final LongConsumer loaded;

    /** @param loaded gets the transaction of each load */
    Loader(LoadTarget target, StreamLoad doris, Labels labels, DeadLetters deadLetters, LongConsumer loaded) {
        this.target = target;
        this.doris = doris;
        this.labels = labels;
        this.deadLetters = deadLetters;
        this.loaded = loaded;
    }

    /**
     * Returns when every row is in Doris or among the dead letters.
     *
     * @return the number of rows refused
     * @throws IOException when Doris cannot be reached for long
     */
    int load(List<byte[]> rows) throws IOException, InterruptedException {
        int refused = rows.isEmpty() ? 0 : loadHalves(rows);
        if (refused > 0) {
            log.warn("Doris refused {} of {} rows of {}: see ops.dead_letters", refused, rows.size(), target.name());
            deadLetters.commit();
        }
        return refused;
    }

    private int loadHalves(List<byte[]> rows) throws IOException, InterruptedException {
        List<List<byte[]>> open = new ArrayList<>(List.of(rows));
        int refused = 0;
        while (!open.isEmpty()) {
            List<byte[]> part = open.remove(open.size() - 1);
            StreamLoad.Outcome outcome = answered(part);
            if (outcome instanceof StreamLoad.Loaded done) {
                loaded.accept(done.transaction());
                labels.advance();
            } else if (outcome instanceof StreamLoad.Refused no && part.size() == 1) {
                deadLetters.add(new String(part.get(0), StandardCharsets.UTF_8), no.reason());
                refused++;
            } else {
                int half = part.size() / 2;
                open.add(part.subList(half, part.size()));
                open.add(part.subList(0, half));
            }
        }
        return refused;
    }

    /** Loaded or refused. A label is left only for a load that is in: a refused one has not used it up. */
    private StreamLoad.Outcome answered(List<byte[]> rows) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + target.retryTimeout().toNanos();
        long pauseNanos = FIRST_PAUSE.toNanos();
        String label = labels.current();
        while (true) {
            String reason;
            try {
                StreamLoad.Outcome outcome = doris.load(label, rows);
                if (!(outcome instanceof StreamLoad.Later later)) {
                    return outcome;
                }
                reason = later.reason();
            } catch (IOException e) {
                reason = e.toString();
            }
            if (System.nanoTime() + pauseNanos - deadlineNanos > 0) {
                throw new IOException("load " + label + " of " + rows.size() + " rows into table " + target.name()
                        + " of Doris had no success for "
                        + target.retryTimeout().toMillis() + " ms: " + reason);
            }
            log.warn("load {} into {} is tried again: {}", label, target.name(), reason);
            TimeUnit.NANOSECONDS.sleep(pauseNanos);
            pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE.toNanos());
        }
    }
}
