package io.millrace.sql.engine;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.Rows;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * A query's rows, fetched a chunk at a time: the whole result is never in memory. DuckDB's chunk interface is used
 * because its streaming ResultSet loses the message of a failure.
 */
final class DuckDbRows implements Rows {
    private final DuckDBPreparedStatement statement;
    private final DuckDBChunkedResult result;
    private final List<Column> columns;
    private @Nullable DuckDBDataChunkReader chunk;
    private long row;

    private DuckDbRows(DuckDBPreparedStatement statement, DuckDBChunkedResult result, List<Column> columns) {
        this.statement = statement;
        this.result = result;
        this.columns = columns;
    }

    /** Runs the statement up to its first chunk, so that most failures come before any row is sent. */
    static DuckDbRows open(DuckDBPreparedStatement statement, List<Column> columns) throws SQLException {
        DuckDbRows rows = new DuckDbRows(statement, statement.query(), columns);
        try {
            rows.fetch();
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private boolean fetch() {
        row = -1;
        chunk = null;
        while (result.nextChunk()) {
            DuckDBDataChunkReader next = result.chunk();
            if (next.rowCount() > 0) {
                chunk = next;
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        if (chunk == null) {
            return false;
        }
        if (++row < chunk.rowCount()) {
            return true;
        }
        if (!fetch()) {
            return false;
        }
        row = 0;
        return true;
    }

    @Override
    public @Nullable Object value(int column) {
        DuckDBReadableVector vector = chunk.vector(column);
        if (vector.isNull(row)) {
            return null;
        }
        return switch (columns.get(column).type().kind()) {
            case BOOLEAN -> vector.getBoolean(row);
            case TINY -> (long) vector.getByte(row);
            case SHORT -> (long) vector.getShort(row);
            case INTEGER -> (long) vector.getInt(row);
            case LONG -> vector.getLong(row);
            case FLOAT -> vector.getFloat(row);
            case DOUBLE -> vector.getDouble(row);
            case DECIMAL -> vector.getBigDecimal(row);
            case TEXT, TIME -> vector.getString(row);
            case BYTES -> HexFormat.of().parseHex(vector.getString(row));
            case DATE -> vector.getLocalDate(row);
            case DATETIME -> dateTime(vector.getLong(row));
        };
    }

    private static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }

    @Override
    public void close() {
        try {
            result.close();
            statement.close();
        } catch (SQLException e) {
            throw DuckDbErrors.failure(e);
        }
    }
}
