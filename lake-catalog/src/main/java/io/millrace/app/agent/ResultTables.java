package io.millrace.app.agent;

import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables an agent writes: its results by key, and every version of them. */
public final class ResultTables {
    private ResultTables() {}

    /** @param key the trigger table's key column */
    public static List<TableDefinition> of(Agent agent, Column key) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(key.name(), key.type(), false, "", 0));
        agent.output().columns().forEach(column -> columns.add(new Column(column.name(), column.type(), true, "", 0)));
        ResultColumns.PROVENANCE.forEach((name, type) -> columns.add(new Column(name, type, true, "", 0)));
        return List.of(
                table(agent, agent.output().table(), columns, List.of(key.name()), "Results of agent " + agent.name()),
                table(
                        agent,
                        agent.output().historyTable(),
                        columns,
                        List.of(key.name(), "_input_version"),
                        "Every version of the results of agent " + agent.name()));
    }

    private static TableDefinition table(
            Agent agent, String qualifiedName, List<Column> columns, List<String> key, String comment) {
        int dot = qualifiedName.indexOf('.');
        List<Column> keyed = columns.stream()
                .map(column -> key.contains(column.name())
                        ? new Column(column.name(), column.type(), false, column.comment(), 0)
                        : column)
                .toList();
        return new TableDefinition(
                qualifiedName.substring(0, dot),
                qualifiedName.substring(dot + 1),
                keyed,
                key,
                List.of(),
                // Doris and lake-sql read the files as they are.
                Map.of("bucket", "1", "deletion-vectors.enabled", "true"),
                comment,
                agent.file(),
                0);
    }
}
