package io.millrace.sql.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, read once from front to back by one thread. */
public interface Rows extends AutoCloseable {
    List<Column> columns();

    /**
     * Moves to the next row.
     *
     * @return false behind the last one
     * @throws io.millrace.sql.result.SqlFailure when the query fails on the way
     */
    boolean next();

    /** The value of a column, counted from 0, of the Java type its {@link ColumnType.Kind} names. */
    @Nullable
    Object value(int column);

    @Override
    void close();
}
