package io.millrace.sql.result;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are all known: texts, longs and nulls. */
public final class ListedRows implements Rows {
    private final List<Column> columns;
    private final List<List<@Nullable Object>> rows;
    private int at = -1;

    public ListedRows(List<Column> columns, List<List<@Nullable Object>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** Columns of text with these names. */
    public static List<Column> texts(String... names) {
        return Arrays.stream(names)
                .map(name -> new Column(name, ColumnType.TEXT))
                .toList();
    }

    /** A row; {@code List.of} takes no nulls. */
    public static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    public List<List<@Nullable Object>> all() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public boolean next() {
        return ++at < rows.size();
    }

    @Override
    public @Nullable Object value(int column) {
        return rows.get(at).get(column);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
