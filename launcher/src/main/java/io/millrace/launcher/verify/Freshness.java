package io.millrace.launcher.verify;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.app.table.TableDefinition;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.Databases;
import io.millrace.service.Nearest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Milliseconds from the commit of a change at the source until a query over SQL sees it.
 *
 * @param table the table changed
 * @param millis one figure a change, ascending
 */
public record Freshness(String table, List<Long> millis) {
    private static final int LIMIT_SECONDS = 60;

    /** Touches rows one after the other, at random moments, and looks for each change by its log position. */
    public static Freshness measure(App app, String table, int changes, Databases databases)
            throws SQLException, InterruptedException {
        Source.CapturedTable captured = app.capturedTable(app.database(), table)
                .orElseThrow(() -> new UserError("no captured table '" + table + "'"
                        + Nearest.hint(
                                table,
                                app.ownDatabases().stream()
                                        .flatMap(source -> source.tables().stream())
                                        .map(Source.CapturedTable::name)
                                        .toList())));
        TableDefinition definition = app.table(app.database(), table).orElseThrow();
        String key = definition.primaryKey().get(0);
        String name = captured.schema() + "." + captured.name();
        Random random = new Random(1);
        long[] millis = new long[changes];
        try (Connection source =
                        databases.connectToSource(app.ownDatabases().get(0).name());
                Connection lake = databases.connectToLake();
                Statement touch = source.createStatement();
                PreparedStatement look = lake.prepareStatement(
                        "SELECT max(_source_lsn) FROM lake." + definition.qualifiedName() + " WHERE " + key + " = ?")) {
            for (int i = 0; i < changes; i++) {
                long before = position(touch);
                long id;
                try (ResultSet row = touch.executeQuery("UPDATE " + name + " SET " + key + " = " + key + " WHERE " + key
                        + " = (SELECT " + key + " FROM " + name + " ORDER BY " + key + " OFFSET " + random.nextInt(50)
                        + " LIMIT 1) RETURNING " + key)) {
                    row.next();
                    id = row.getLong(1);
                }
                millis[i] = await(look, id, before, System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
            }
        }
        Arrays.sort(millis);
        return new Freshness(
                definition.qualifiedName(), Arrays.stream(millis).boxed().toList());
    }

    private static long position(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long await(PreparedStatement look, long id, long before, long startNanos)
            throws SQLException, InterruptedException {
        while (System.nanoTime() - startNanos < TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
            look.setLong(1, id);
            try (ResultSet row = look.executeQuery()) {
                if (row.next() && row.getLong(1) >= before) {
                    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
                }
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new UserError("a change was not visible within " + LIMIT_SECONDS + " s: see ./millrace status");
    }

    public long percentile(double share) {
        return millis.get((int) Math.min(millis.size() - 1, Math.round(share * (millis.size() - 1))));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "commit at the source to visible by SQL, %s, %d changes: min %d ms, p50 %d ms, p95 %d ms, max %d ms",
                table,
                millis.size(),
                millis.get(0),
                percentile(0.5),
                percentile(0.95),
                millis.get(millis.size() - 1));
    }
}
