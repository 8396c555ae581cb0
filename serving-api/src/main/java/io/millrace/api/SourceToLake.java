package io.millrace.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.app.Markers;
import io.millrace.changes.Change;
import io.millrace.changes.ChangeReader;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import io.millrace.changes.StoreException;
import io.millrace.lake.LakeChangeLog;
import io.millrace.lake.LakeChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long changes take from their commit at a source to the commit in the lake, after which SQL and the API see them: by
 * the marker row that each source writes every few seconds and each pipeline brings along. For one thread at a time.
 */
final class SourceToLake {
    private static final Logger log = LoggerFactory.getLogger(SourceToLake.class);
    private static final Identifier MARKERS = Identifier.create(Markers.DATABASE, Markers.TABLE);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LakeChanges lake;
    private final MeterRegistry metrics;
    private @Nullable ChangeReader arriving;

    SourceToLake(LakeChanges lake, MeterRegistry metrics) {
        this.lake = lake;
        this.metrics = metrics;
    }

    /** Records the markers that came since it was asked last; the first time none, nor while the lake does not answer. */
    void record() {
        try {
            Optional<LakeChangeLog> markers = lake.changes(MARKERS);
            if (markers.isPresent()) {
                Position latest = markers.get().latest();
                if (arriving == null) {
                    arriving = markers.get().read(latest);
                }
                while (!arriving.position().reaches(latest)) {
                    arriving.poll(PATIENCE).forEach(this::record);
                }
            }
        } catch (PositionException | StoreException e) {
            log.debug("markers are away, or nobody asked for so long that they are no longer kept: {}", e.getMessage());
            beginAnew();
        }
    }

    private void beginAnew() {
        if (arriving != null) {
            arriving.close();
            arriving = null;
        }
    }

    private void record(Change marker) {
        Map<String, @Nullable Object> row = marker.row();
        if (row != null && row.get("written_at") instanceof Instant writtenAt) {
            Timer.builder("millrace.source.to.lake")
                    .description("From a commit at the source to the commit in the lake, measured with marker rows")
                    .tag("source", String.valueOf(row.get("source")))
                    .tag("pipeline", String.valueOf(row.get("pipeline")))
                    .serviceLevelObjectives(
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(15),
                            Duration.ofMinutes(1))
                    .register(metrics)
                    .record(Duration.between(writtenAt, marker.time()));
        }
    }
}
