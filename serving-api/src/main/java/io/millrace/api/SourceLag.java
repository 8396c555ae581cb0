package io.millrace.api;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.changes.Change;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import io.millrace.changes.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long changes take from their commit at a source until they can be read in a store: by the marker row that each source
 * writes every few seconds and each pipeline brings along. For one thread at a time.
 */
final class SourceLag {
    private static final Logger log = LoggerFactory.getLogger(SourceLag.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<? extends Optional<? extends ChangeLog>> markers;
    private final Meter.MeterProvider<Timer> timers;
    private final Map<Tags, Long> newest = new HashMap<>();
    private @Nullable ChangeLog read;
    private @Nullable ChangeReader reader;

    private SourceLag(Supplier<? extends Optional<? extends ChangeLog>> markers, Meter.MeterProvider<Timer> timers) {
        this.markers = markers;
        this.timers = timers;
    }

    /**
     * @param store its name in the metric's
     * @param markers the changelog of the markers that have arrived there; empty while there are none
     */
    static SourceLag to(
            String store, Supplier<? extends Optional<? extends ChangeLog>> markers, MeterRegistry metrics) {
        return new SourceLag(
                markers,
                Timer.builder("millrace.source.to." + store)
                        .description(
                                "From a commit at the source until it can be read there, measured with marker rows")
                        .serviceLevelObjectives(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(15),
                                Duration.ofMinutes(1))
                        .withRegistry(metrics));
    }

    /** Records the markers that came since it was asked last; the first time none, nor while the store does not answer. */
    void record() {
        try {
            Optional<? extends ChangeLog> found = markers.get();
            if (found.isPresent()) {
                recordTo(found.get());
            }
        } catch (PositionException | StoreException e) {
            log.debug("markers are away, or nobody asked for so long that they are no longer kept: {}", e.getMessage());
            close();
        }
    }

    private void recordTo(ChangeLog changes) {
        if (read != null && !read.sameTable(changes)) {
            close();
        }
        Position latest = changes.latest();
        if (reader == null) {
            reader = changes.read(latest);
            read = changes;
        }
        Position before;
        do {
            before = reader.position();
            if (!before.reaches(latest)) {
                reader.poll(PATIENCE).forEach(this::record);
            }
        } while (!before.reaches(reader.position()));
        if (!before.reaches(latest)) {
            log.debug("markers do not come although there are some: it goes on with the next ones");
            close();
        }
    }

    private void close() {
        if (reader != null) {
            reader.close();
            reader = null;
            read = null;
        }
    }

    /** A pipeline that begins anew brings old markers once more, which do not count. */
    private void record(Change marker) {
        Map<String, @Nullable Object> row = marker.row();
        if (row != null
                && row.get("written_at") instanceof Instant writtenAt
                && row.get("value") instanceof Long value) {
            Tags tags = Tags.of(
                    "source", String.valueOf(row.get("source")), "pipeline", String.valueOf(row.get("pipeline")));
            Long last = newest.get(tags);
            if (last == null || last < value) {
                newest.put(tags, value);
                timers.withTags(tags).record(Duration.between(writtenAt, marker.time()));
            }
        }
    }
}
