package io.millrace.sql.session;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows whose end is the end of the statement. */
record EndingRows(Rows rows, Runnable end) implements Rows {
    @Override
    public List<Column> columns() {
        return rows.columns();
    }

    @Override
    public boolean next() {
        return rows.next();
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
            end.run();
        }
    }
}
