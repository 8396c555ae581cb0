package io.millrace.sql.engine;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.Rows;
import io.millrace.sql.result.SqlFailure;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that hold their tables until they are closed. */
final class HeldRows implements Rows {
    private final Rows rows;
    private final StatementTables tables;
    private final Function<Exception, SqlFailure> failure;

    HeldRows(Rows rows, StatementTables tables, Function<Exception, SqlFailure> failure) {
        this.rows = rows;
        this.tables = tables;
        this.failure = failure;
    }

    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public boolean next() {
        try {
            return rows.next();
        } catch (RuntimeException e) {
            throw failure.apply(e);
        }
    }

    @Override
    public @Nullable Object value(int column) {
        return rows.value(column);
    }

    @Override
    public void close() {
        try {
            rows.close();
        } finally {
            tables.close();
        }
    }
}
