package io.millrace.app.agent;

import java.util.List;

/**
 * What an agent fills in, in this order: later columns may use earlier ones.
 *
 * @param table {@code DATABASE.TABLE}; the platform makes it, and {@code TABLE_history} with every version
 */
public record Output(String table, List<OutputColumn> columns) {
    public Output {
        columns = List.copyOf(columns);
    }

    public String historyTable() {
        return table + "_history";
    }
}
