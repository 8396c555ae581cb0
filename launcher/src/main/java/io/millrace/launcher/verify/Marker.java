package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.MarkerPaths;
import io.millrace.app.Markers;
import io.millrace.app.Pipeline;
import io.millrace.app.Source;
import io.millrace.hot.HotTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A marker row on its way from a source to the lake and the hot store.
 *
 * @param intoLake names of the pipelines that read the source
 * @param intoHotStore names of those that fill hot tables from it, themselves or by way of the lake
 */
public record Marker(String source, long value, long writtenAtNanos, Set<String> intoLake, Set<String> intoHotStore) {
    /** Writes the next marker and commits it. */
    public static Marker write(App app, Source.Cdc source, Connection connection) throws SQLException {
        MarkerPaths paths = new MarkerPaths(app);
        Set<String> intoLake = names(paths.intoLake(source));
        Set<String> intoHotStore = names(paths.intoHotStore(source));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Markers.WRITE)) {
            row.next();
            return new Marker(source.name(), row.getLong(1), System.nanoTime(), intoLake, intoHotStore);
        }
    }

    /**
     * Waits until every pipeline that reads the source has brought the marker to the lake.
     *
     * @return milliseconds since it was written, or -1 when it did not arrive in time
     */
    public long awaitInLake(Connection lake, Duration limit) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (isInLake(lake)) {
                return ageMillis();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return -1;
    }

    /** Whether every pipeline that reads the source has brought the marker to the lake. */
    public boolean isInLake(Connection lake) throws SQLException {
        return arrivedIn(lake).containsAll(intoLake);
    }

    /**
     * Whether every pipeline that fills hot tables from the source has brought the marker to the hot store.
     *
     * @param markers the hot store's
     * @throws io.millrace.hot.HotStoreException when the hot store does not answer
     */
    public boolean isInHotStore(HotTable markers) {
        return intoHotStore.stream().allMatch(pipeline -> markers.row(Map.of("pipeline", pipeline, "source", source))
                .map(row -> row.get("value") instanceof Long arrived && arrived >= value)
                .orElse(false));
    }

    /** Since it was written. */
    public long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - writtenAtNanos);
    }

    private static Set<String> names(List<Pipeline> pipelines) {
        return pipelines.stream().map(Pipeline::name).collect(Collectors.toSet());
    }

    private Set<String> arrivedIn(Connection lake) throws SQLException {
        Set<String> pipelines = new HashSet<>();
        try (PreparedStatement query = lake.prepareStatement(
                "SELECT pipeline FROM " + Markers.LAKE_TABLE + " WHERE source = ? AND value >= ?")) {
            query.setString(1, source);
            query.setLong(2, value);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    pipelines.add(rows.getString(1));
                }
            }
        }
        return pipelines;
    }
}
