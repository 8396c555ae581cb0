package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.HotFill;
import io.millrace.app.Source;
import io.millrace.app.table.TableDefinition;
import io.millrace.demo.TrafficPause;
import io.millrace.hot.HotScan;
import io.millrace.hot.HotStoreException;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.Services;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares the lake with its sources while the traffic is held still.
 *
 * @param tables one entry for each captured table
 * @param events one entry for each topic of events
 * @param hot one entry for each INSERT into a hot table, and one for each hot table's copy in the lake
 * @param notCompared hot tables whose query is not one that the lake's SQL answers, with the reason
 */
public record Verification(
        List<TableComparison> tables, List<EventCounts> events, List<TableComparison> hot, List<String> notCompared) {
    private static final Duration MARKER_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLE_LIMIT = Duration.ofMinutes(1);

    public Verification {
        tables = List.copyOf(tables);
        events = List.copyOf(events);
        hot = List.copyOf(hot);
        notCompared = List.copyOf(notCompared);
    }

    public boolean equal() {
        return tables.stream().allMatch(TableComparison::equal)
                && events.stream().allMatch(EventCounts::equal)
                && hot.stream().allMatch(TableComparison::equal);
    }

    /** @param say gets one line for each thing that is done */
    public static Verification run(App app, Services services, Consumer<String> say)
            throws SQLException, InterruptedException {
        List<TableComparison> tables = new ArrayList<>();
        List<EventCounts> events = new ArrayList<>();
        List<TableComparison> hot = new ArrayList<>();
        List<String> notCompared = new ArrayList<>();
        try (Connection lake = services.databases().connectToLake()) {
            for (Source.Cdc source : app.databases()) {
                if (!source.hosted()) {
                    throw new UserError("source " + source.name()
                            + " is not run by the platform: verify compares only databases that it can hold still");
                }
                try (TrafficPause pause =
                                TrafficPause.begin(services.databases().connectToSource(source.name()));
                        Connection connection = services.databases().connectToSource(source.name())) {
                    say.accept("traffic paused, writing a marker row to " + source.name());
                    long millis = Marker.write(app, source, connection).awaitInLake(lake, MARKER_LIMIT);
                    if (millis < 0) {
                        throw new UserError("the marker row did not reach the lake within " + MARKER_LIMIT.toSeconds()
                                + " s: ./millrace status says which connector or job does not run");
                    }
                    say.accept("the marker row is in the lake after " + millis + " ms");
                    for (Source.CapturedTable captured : source.tables()) {
                        Optional<TableDefinition> table = app.table(source.database(), captured.name());
                        if (table.isPresent()) {
                            tables.add(settle(() -> TableComparer.compare(captured, table.get(), connection, lake)));
                        }
                    }
                    if (source.seed().isPresent()) {
                        for (Source.Events topic : app.topics()) {
                            events.add(settle(topic, app.database(), services.kafka(), lake));
                        }
                        compareHot(app, services.hotStore(), lake, hot, notCompared);
                    }
                }
            }
        }
        return new Verification(tables, events, hot, notCompared);
    }

    private static void compareHot(
            App app, String hotStore, Connection lake, List<TableComparison> compared, List<String> notCompared)
            throws SQLException, InterruptedException {
        if (app.hotTables().isEmpty()) {
            return;
        }
        try (HotScan hot = new HotScan(hotStore)) {
            HotComparer comparer = new HotComparer(hot, lake);
            for (HotFill fill : HotFill.of(app)) {
                try {
                    compared.add(settle(() -> comparer.compare(fill)));
                } catch (SQLException e) {
                    notCompared.add(
                            "hot." + fill.table().qualifiedName() + " by " + fill.pipeline() + ": " + e.getMessage());
                }
            }
            for (TableDefinition table : app.tieredTables()) {
                if (!table.primaryKey().isEmpty()) {
                    compared.add(settle(() -> comparer.compareCopy(table)));
                }
            }
        } catch (HotStoreException e) {
            throw new UserError(e.getMessage() + ": ./millrace status says whether it runs");
        } catch (RuntimeException | SQLException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the connection to the hot store did not close", e);
        }
    }

    private interface Comparing {
        TableComparison run() throws SQLException;
    }

    /** Topics are read independently, so a table may be a checkpoint behind the marker: look until it has caught up. */
    private static TableComparison settle(Comparing comparing) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
        while (true) {
            TableComparison comparison = comparing.run();
            if (comparison.equal() || System.nanoTime() > deadline) {
                return comparison;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private static EventCounts settle(Source.Events topic, String database, String kafka, Connection lake)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
        while (true) {
            EventCounts counts = EventCounts.count(topic, database, kafka, lake);
            if (counts.equal() || System.nanoTime() > deadline) {
                return counts;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }
}
