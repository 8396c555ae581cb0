package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.HotReference;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must hold for a hot table that an agent looks a row up in: the trigger row has its key. */
final class LookupCheck {
    /** Types whose text in a trigger row is the text that a lookup takes. */
    private static final Pattern KEY_TYPES =
            Pattern.compile("TINYINT|SMALLINT|INT|INTEGER|BIGINT|DATE|STRING|(VAR)?CHAR\\b.*");

    private final App app;
    private final Agent agent;
    private final HotReference lookup;
    private final List<Problem> problems = new ArrayList<>();

    LookupCheck(App app, Agent agent, HotReference lookup) {
        this.app = app;
        this.agent = agent;
        this.lookup = lookup;
    }

    List<Problem> problems(TableDefinition trigger) {
        Optional<TableDefinition> hot = app.hotTable(lookup.table());
        if (hot.isEmpty()) {
            List<String> known =
                    app.hotTables().stream().map(TableDefinition::name).toList();
            add("does not exist" + Nearest.hint(lookup.name(), known));
            return problems;
        }
        TableDefinition table = hot.get();
        if (table.primaryKey().isEmpty()) {
            add("has no primary key, so no row of it can be looked up: add PRIMARY KEY (…) NOT ENFORCED in "
                    + table.file());
        }
        table.primaryKey().forEach(name -> key(trigger, table.column(name).orElseThrow()));
        agent.output().columns().forEach(column -> filled(table, column));
        return problems;
    }

    private void key(TableDefinition trigger, Column key) {
        Optional<Column> given = trigger.column(key.name());
        if (given.isEmpty()) {
            List<String> known = trigger.columns().stream().map(Column::name).toList();
            add("has the key column '" + key.name() + "', which lake." + trigger.qualifiedName()
                    + " does not have: the key is taken from the row that wakes the agent"
                    + Nearest.hint(key.name(), known));
        } else if (!given.get().type().equals(key.type())) {
            add("has the key column '" + key.name() + "' as " + key.type() + ", lake." + trigger.qualifiedName()
                    + " has it as " + given.get().type() + ": give both the same type");
        } else if (!KEY_TYPES.matcher(key.type()).matches()) {
            add("has the key column '" + key.name() + "' as " + key.type()
                    + ": agents look rows up by whole numbers, texts and dates");
        }
    }

    private void filled(TableDefinition table, OutputColumn column) {
        if (column.fill() instanceof Fill.FromTool from && from.tool().equals(lookup.name())) {
            List<String> known = table.columns().stream().map(Column::name).toList();
            if (!known.contains(from.column())) {
                add("has no column '" + from.column() + "', from which '" + column.name() + "' comes"
                        + Nearest.hint(from.column(), known));
            }
        }
    }

    private void add(String what) {
        problems.add(new Problem(agent.file(), lookup.line(), "lookup: table hot." + lookup.table() + " " + what));
    }
}
