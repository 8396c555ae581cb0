package io.millrace.app.agent;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables an agent writes: its results by key, in the lake and if it says so in the hot store, and every version of them. */
public final class ResultTables {
    private ResultTables() {}

    /**
     * The current results and every version of them.
     *
     * @param key the trigger table's key column
     */
    public static List<TableDefinition> lake(Agent agent, Column key) {
        List<Column> columns = new ArrayList<>();
        columns.add(key(key));
        columns.addAll(filled(agent));
        columns.addAll(provenance());
        // Doris and lake-sql read the files as they are.
        Map<String, String> options = Map.of("bucket", "1", "deletion-vectors.enabled", "true");
        return List.of(
                table(agent, agent.output().table(), columns, List.of(key.name()), options, 0),
                table(
                        agent,
                        agent.output().historyTable(),
                        columns,
                        List.of(key.name(), "_input_version"),
                        options,
                        0));
    }

    /**
     * The current results in the hot store. The agent's own columns are last, for it takes new ones only there.
     *
     * @param key the trigger table's key column
     * @return one table or none
     */
    public static List<TableDefinition> hot(Agent agent, Column key) {
        HotReference hot = agent.output().hot();
        if (hot == null) {
            return List.of();
        }
        List<Column> columns = new ArrayList<>();
        columns.add(key(key));
        columns.addAll(provenance());
        columns.addAll(filled(agent));
        return List.of(table(agent, hot.table(), columns, List.of(key.name()), Map.of(), hot.line()));
    }

    private static Column key(Column key) {
        return new Column(key.name(), key.type(), false, "", 0);
    }

    private static List<Column> filled(Agent agent) {
        return agent.output().columns().stream()
                .map(column -> new Column(column.name(), column.type(), true, "", 0))
                .toList();
    }

    private static List<Column> provenance() {
        return ResultColumns.PROVENANCE.entrySet().stream()
                .map(column -> new Column(column.getKey(), column.getValue(), true, "", 0))
                .toList();
    }

    private static TableDefinition table(
            Agent agent,
            String qualifiedName,
            List<Column> columns,
            List<String> key,
            Map<String, String> options,
            int line) {
        int dot = qualifiedName.indexOf('.');
        List<Column> keyed = columns.stream()
                .map(column -> key.contains(column.name())
                        ? new Column(column.name(), column.type(), false, column.comment(), 0)
                        : column)
                .toList();
        String comment = key.size() == 1 ? "Results of agent " : "Every version of the results of agent ";
        return new TableDefinition(
                qualifiedName.substring(0, dot),
                qualifiedName.substring(dot + 1),
                keyed,
                key,
                List.of(),
                options,
                comment + agent.name(),
                agent.file(),
                line);
    }
}
