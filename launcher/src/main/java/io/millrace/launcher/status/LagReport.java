package io.millrace.launcher.status;

import io.millrace.app.App;
import io.millrace.app.Markers;
import io.millrace.app.Source;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.verify.Marker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a commit at a source takes until its rows can be read, measured now with a marker row; -1 when it had not arrived
 * within {@link #LIMIT}.
 *
 * @param lakeMillis by SQL, and by the API's SQL endpoints
 * @param hotStoreMillis by key; null when no hot table is filled from the source
 */
public record LagReport(
        String source, long lakeMillis, @Nullable Long hotStoreMillis) {
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final long NOT_YET = -1;

    static List<LagReport> of(App app, Databases databases, Connection lake, HotLookup hot)
            throws SQLException, InterruptedException {
        List<Marker> markers = new ArrayList<>();
        List<LagReport> reports = new ArrayList<>();
        for (Source.Cdc source : app.databases()) {
            try (Connection connection = databases.connectToSource(source.name())) {
                Marker marker = Marker.write(app, source, connection);
                markers.add(marker);
                reports.add(new LagReport(
                        source.name(), NOT_YET, marker.intoHotStore().isEmpty() ? null : NOT_YET));
            }
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (reports.stream().anyMatch(LagReport::isAwaited) && System.nanoTime() < deadline) {
            for (int i = 0; i < markers.size(); i++) {
                reports.set(i, reports.get(i).after(markers.get(i), lake, hot));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return reports;
    }

    private boolean isAwaited() {
        return lakeMillis == NOT_YET || isAwaitedInHotStore();
    }

    private boolean isAwaitedInHotStore() {
        return hotStoreMillis != null && hotStoreMillis == NOT_YET;
    }

    private LagReport after(Marker marker, Connection lake, HotLookup hot) throws SQLException {
        long inLake = lakeMillis == NOT_YET && marker.isInLake(lake) ? marker.ageMillis() : lakeMillis;
        boolean inHotStore = isAwaitedInHotStore() && isInHotStore(marker, hot);
        return new LagReport(source, inLake, inHotStore ? Long.valueOf(marker.ageMillis()) : hotStoreMillis);
    }

    /** While the hot store is away nothing can be read there. */
    private static boolean isInHotStore(Marker marker, HotLookup hot) {
        try {
            return hot.table(Markers.DATABASE, Markers.TABLE)
                    .filter(marker::isInHotStore)
                    .isPresent();
        } catch (HotStoreException e) {
            return false;
        }
    }
}
