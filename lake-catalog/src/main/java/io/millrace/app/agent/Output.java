package io.millrace.app.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent fills in, in this order: later columns may use earlier ones.
 *
 * @param table {@code DATABASE.TABLE}; the platform makes it, and {@code TABLE_history} with every version
 * @param hot the hot table that has the current results too; null for none
 */
public record Output(String table, @Nullable HotReference hot, List<OutputColumn> columns) {
    public Output {
        columns = List.copyOf(columns);
    }

    public Output(String table, List<OutputColumn> columns) {
        this(table, null, columns);
    }

    public String historyTable() {
        return table + "_history";
    }
}
