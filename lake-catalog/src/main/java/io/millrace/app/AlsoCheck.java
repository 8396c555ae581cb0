package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must hold between an agent and the other table whose rows count too. */
final class AlsoCheck {
    private final App app;
    private final Agent agent;
    private final Agent.Also also;
    private final List<Problem> problems = new ArrayList<>();

    AlsoCheck(App app, Agent agent, Agent.Also also) {
        this.app = app;
        this.agent = agent;
        this.also = also;
    }

    List<Problem> problems(TableDefinition trigger) {
        Optional<TableDefinition> found = app.tables().stream()
                .filter(table -> table.qualifiedName().equals(also.table()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = app.tables().stream()
                    .map(table -> "lake." + table.qualifiedName())
                    .toList();
            add("also.table lake." + also.table() + " does not exist" + Nearest.hint("lake." + also.table(), known));
            return problems;
        }
        TableDefinition table = found.get();
        String name = "also.table lake." + table.qualifiedName();
        if (table.primaryKey().isEmpty()) {
            add(name + " has no primary key: without it a changed row is taken for another; add one in "
                    + table.file());
        } else if (!table.options().containsKey("changelog-producer")) {
            add(name + " has no changelog: add 'changelog-producer' = 'lookup' in " + table.file());
        }
        column(table, also.key(), "also.key").ifPresent(key -> trigger.column(agent.key())
                .filter(own -> !type(own).equals(type(key)))
                .ifPresent(
                        own -> add("also.key '" + key.name() + "' is " + key.type() + ", the agent's key '" + own.name()
                                + "' is " + own.type() + ": no row would ever belong to another, give both one type")));
        for (String text : also.text()) {
            column(table, text, "also.text")
                    .filter(column -> !type(column).matches("STRING|(VAR)?CHAR.*"))
                    .ifPresent(column -> add("also.text '" + text + "' is " + column.type() + ": name STRING columns"));
        }
        if (trigger.column(Agent.ATTACHMENTS).isPresent()) {
            add("column '" + Agent.ATTACHMENTS + "' of lake." + trigger.qualifiedName()
                    + " has the name of what also: reads: give it another");
        }
        return problems;
    }

    private Optional<Column> column(TableDefinition table, String name, String key) {
        Optional<Column> column = table.column(name);
        if (column.isEmpty()) {
            List<String> known = table.columns().stream().map(Column::name).toList();
            add(key + " names '" + name + "', no column of lake." + table.qualifiedName() + Nearest.hint(name, known));
        }
        return column;
    }

    private static String type(Column column) {
        return column.type().strip().toUpperCase(Locale.ROOT);
    }

    private void add(String message) {
        problems.add(new Problem(agent.file(), 0, message));
    }
}
