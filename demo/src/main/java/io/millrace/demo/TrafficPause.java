package io.millrace.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Holds all traffic still: every action takes the lock shared for its transaction, a pause takes it alone. It ends when
 * closed, and by itself when the pausing session dies.
 */
public final class TrafficPause implements AutoCloseable {
    /** PostgreSQL advisory lock number; its bytes spell "mill". */
    static final long LOCK = 0x6d696c6c;

    private final Connection connection;

    private TrafficPause(Connection connection) {
        this.connection = connection;
    }

    /** Waits for actions under way, then keeps others from starting. The connection is closed with the pause. */
    public static TrafficPause begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
        }
        return new TrafficPause(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
