package io.millrace.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.millrace.app.Markers;
import io.millrace.app.table.TableDefinition;
import io.millrace.changes.StoreException;
import io.millrace.hot.HotLookup;
import io.millrace.lake.LakeChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.catalog.Identifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How old what can be read is, by table. It is asked for when somebody reads the metrics, and not more often than needed. */
final class FreshnessMetrics {
    private static final Logger log = LoggerFactory.getLogger(FreshnessMetrics.class);
    private static final long KNOWN_FOR_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String database;
    private final List<TableDefinition> tiered;
    private final @Nullable HotLookup hot;
    private final @Nullable LakeChanges lake;
    private final List<SourceLag> lags = new ArrayList<>();
    private final MultiGauge snapshotAges;
    private final MultiGauge changesBehind;
    private long askAgainAt = System.nanoTime();

    /**
     * @param database the app's
     * @param tiered its hot tables that are carried into the lake
     * @param hot null for none
     * @param lake null for none
     */
    FreshnessMetrics(
            String database,
            List<TableDefinition> tiered,
            @Nullable HotLookup hot,
            @Nullable LakeChanges lake,
            MeterRegistry metrics) {
        this.database = database;
        this.tiered = tiered;
        this.hot = hot;
        this.lake = lake;
        if (lake != null) {
            Identifier markers = Identifier.create(Markers.DATABASE, Markers.TABLE);
            lags.add(SourceLag.to("lake", () -> lake.changes(markers), metrics));
        }
        if (hot != null) {
            lags.add(SourceLag.to("hot", () -> hot.changes(Markers.DATABASE, Markers.TABLE), metrics));
        }
        this.snapshotAges = MultiGauge.builder("millrace.lake.snapshot.age")
                .description("Since the newest snapshot of each table of the lake: what came later is not readable yet")
                .baseUnit("seconds")
                .register(metrics);
        this.changesBehind = MultiGauge.builder("millrace.hot.copy.behind")
                .description("Changes of each hot table that its copy in the lake does not have yet")
                .baseUnit("changes")
                .register(metrics);
    }

    /** A store that is away has no figures. */
    synchronized void refresh() {
        if (askAgainAt - System.nanoTime() > 0) {
            return;
        }
        lags.forEach(SourceLag::record);
        snapshotAges.register(known("the lake", this::snapshotAges), true);
        changesBehind.register(known("the hot store", this::changesBehind), true);
        askAgainAt = System.nanoTime() + KNOWN_FOR_NANOS;
    }

    private interface Question {
        List<MultiGauge.Row<?>> ask();
    }

    private static List<MultiGauge.Row<?>> known(String store, Question question) {
        try {
            return question.ask();
        } catch (StoreException e) {
            log.debug("{} does not say how fresh it is: {}", store, e.getMessage());
            return List.of();
        }
    }

    private List<MultiGauge.Row<?>> snapshotAges() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        if (lake != null) {
            Instant now = Instant.now();
            lake.newestSnapshots()
                    .forEach((table, committed) -> rows.add(
                            row("lake", table, Duration.between(committed, now).toMillis() / 1000.0)));
        }
        return rows;
    }

    private List<MultiGauge.Row<?>> changesBehind() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        if (hot != null) {
            for (TableDefinition table : tiered) {
                rows.add(row(
                        "hot", table.name(), (double) hot.tiered(table.name()).changesBehind()));
            }
        }
        return rows;
    }

    private MultiGauge.Row<?> row(String catalog, String table, double value) {
        return MultiGauge.Row.of(Tags.of("table", catalog + "." + database + "." + table), value);
    }
}
