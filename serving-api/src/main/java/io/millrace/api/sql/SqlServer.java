package io.millrace.api.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.api.problem.ProblemException;
import io.millrace.app.endpoint.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the queries of endpoints on the SQL server. */
public final class SqlServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqlServer.class);

    private final SqlSettings settings;
    private final Pool pool;
    private final SnapshotReader snapshots = new SnapshotReader(SnapshotReader.QUESTION);

    public SqlServer(SqlSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.pool = new Pool(settings, metrics);
    }

    /**
     * The endpoint's answer to these values.
     *
     * @throws ProblemException when the server is away, busy, too slow, or refuses the query
     */
    public Answer query(Call call) {
        try {
            return attempt(call);
        } catch (SQLException first) {
            if (!SqlFailures.disconnected(first) || SqlFailures.timedOut(first)) {
                throw problem(call.endpoint(), first);
            }
            // A pooled connection dies with a restarted server; a query changes nothing, so it may be asked again.
            try {
                return attempt(call);
            } catch (SQLException second) {
                throw problem(call.endpoint(), second);
            }
        }
    }

    /** @throws ProblemException when the server does not answer SELECT 1 */
    public void probe() {
        try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(2);
            statement.executeQuery("SELECT 1").close();
        } catch (SQLException e) {
            log.debug("the SQL server is not ready: {}", e.getMessage());
            throw SqlFailures.unavailable();
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private Answer attempt(Call call) throws SQLException {
        Endpoint endpoint = call.endpoint();
        int maxRows = endpoint.oneRow() ? 1 : settings.maxRows();
        String sql = endpoint.statement().sql();
        String bounded = endpoint.statement().limited() ? sql : sql + "\nLIMIT " + (maxRows + 1);
        try (Connection connection = pool.connection();
                PreparedStatement statement = connection.prepareStatement(bounded)) {
            statement.setQueryTimeout(settings.queryTimeoutSeconds());
            // Row by row: a LIMIT of the query's own may be far beyond what is read of it.
            statement.setFetchSize(Integer.MIN_VALUE);
            Binding.bind(statement, call);
            return read(endpoint, connection, statement, maxRows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer read(Endpoint endpoint, Connection connection, PreparedStatement statement, int maxRows)
            throws SQLException, IOException {
        String body = "";
        boolean cut = false;
        try (ResultSet rows = statement.executeQuery()) {
            JsonRows json = new JsonRows(rows);
            if (endpoint.oneRow()) {
                if (!rows.next()) {
                    return Answer.nothing();
                }
                body = json.row();
                if (rows.next()) {
                    pool.drop(connection);
                    throw new SQLException("the query finds more than one row, its header says 'one row'");
                }
            } else {
                JsonRows.RowList list = json.list(maxRows);
                body = list.json();
                if (list.truncated() && endpoint.statement().limited()) {
                    // Closing would first read every row left, as many as the query's own LIMIT allows.
                    cut = true;
                    pool.drop(connection);
                }
            }
        } catch (SQLException e) {
            // The rows of a dropped connection cannot be closed in peace.
            if (!cut) {
                if (SqlFailures.timedOut(e)) {
                    // The driver leaves the rows of a cancelled query open, and nothing can be asked after them.
                    pool.drop(connection);
                }
                throw e;
            }
        }
        return Answer.of(body, cut ? null : snapshots.read(connection));
    }

    private ProblemException problem(Endpoint endpoint, SQLException failure) {
        if (SqlFailures.timedOut(failure)) {
            log.warn("{} ran longer than {} s", endpoint.file(), settings.queryTimeoutSeconds());
            return SqlFailures.timeout(endpoint.name(), settings.queryTimeoutSeconds());
        }
        if (SqlFailures.disconnected(failure)) {
            log.warn("the connection broke during {}: {}", endpoint.file(), failure.getMessage());
            return SqlFailures.unavailable();
        }
        log.error(
                "{} failed: {} (SQL state {}, error {})",
                endpoint.file(),
                failure.getMessage(),
                failure.getSQLState(),
                failure.getErrorCode());
        return SqlFailures.failed(endpoint.name());
    }
}
