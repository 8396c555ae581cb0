package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.Markers;
import io.millrace.app.Pipeline;
import io.millrace.app.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A marker row on its way from a source to the lake. */
public record Marker(String source, long value, long writtenAtNanos) {
    /** Writes the next marker and commits it. */
    public static Marker write(Source.Cdc source, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Markers.WRITE)) {
            row.next();
            return new Marker(source.name(), row.getLong(1), System.nanoTime());
        }
    }

    /**
     * Waits until every pipeline that reads the source has brought the marker to the lake.
     *
     * @return milliseconds since it was written, or -1 when it did not arrive in time
     */
    public long awaitIn(Connection lake, App app, Duration limit) throws SQLException, InterruptedException {
        Set<String> expected = new HashSet<>(readers(app));
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (arrived(lake).containsAll(expected)) {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - writtenAtNanos);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return -1;
    }

    private List<String> readers(App app) {
        return app.pipelines().stream()
                .filter(pipeline -> pipeline.references().stream()
                        .anyMatch(reference -> reference.catalog().equals("cdc")
                                && app.source(source).database().equals(reference.database())
                                && app.source(source).table(reference.table()).isPresent()))
                .map(Pipeline::name)
                .toList();
    }

    private Set<String> arrived(Connection lake) throws SQLException {
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
