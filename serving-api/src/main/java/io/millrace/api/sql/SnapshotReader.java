package io.millrace.api.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Asks which snapshots the last query of a connection read. Only lake-sql knows: any other server is asked once, and then
 * no more.
 */
final class SnapshotReader {
    static final String QUESTION = "SELECT @@last_snapshots, @@last_snapshots_at";

    private final String question;
    private volatile boolean known;
    private volatile boolean unknown;

    SnapshotReader(String question) {
        this.question = question;
    }

    /** Null when the server does not say, or no table was read. */
    @Nullable
    Snapshots read(Connection connection) throws SQLException {
        if (unknown) {
            return null;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            String snapshots = rows.next() ? rows.getString(1) : null;
            if (snapshots == null) {
                // A server that has answered once answers NULL for a query that reads no table.
                unknown = !known;
                return null;
            }
            known = true;
            String at = rows.getString(2);
            return new Snapshots(snapshots.replaceAll("[^\\x20-\\x7e]", "?"), at.isEmpty() ? null : at);
        } catch (SQLException e) {
            if (SqlFailures.disconnected(e) || SqlFailures.timedOut(e)) {
                throw e;
            }
            unknown = true;
            return null;
        }
    }
}
