package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.HotReference;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.agent.Tool;
import io.millrace.app.prompt.Prompt;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between an agent and the rest of its app. */
final class AgentCheck {
    private final App app;
    private final Agent agent;
    private final List<Problem> problems = new ArrayList<>();

    AgentCheck(App app, Agent agent) {
        this.app = app;
        this.agent = agent;
    }

    List<Problem> problems() {
        Optional<TableDefinition> trigger = app.tables().stream()
                .filter(table -> table.qualifiedName().equals(agent.trigger().table()))
                .findFirst();
        if (trigger.isEmpty() || trigger.get().column("_source_lsn").isEmpty()) {
            add("trigger table lake." + agent.trigger().table()
                    + " is not captured from a database: an agent needs each row's version");
            return problems;
        }
        TableDefinition table = trigger.get();
        if (!table.primaryKey().equals(List.of(agent.key()))) {
            add("key '" + agent.key() + "' is not the primary key of lake." + table.qualifiedName() + ", which is "
                    + table.primaryKey());
        }
        if (!table.options().containsKey("changelog-producer")) {
            add("trigger table lake." + table.qualifiedName()
                    + " has no changelog: add 'changelog-producer' = 'lookup' in " + table.file());
        }
        if (agent.input().isEmpty()) {
            add("input is missing: name the columns the agent reads, input: [subject, body]");
        }
        agent.input().forEach(column -> rowColumn(table, column, "input"));
        agent.trigger().update().forEach(column -> rowColumn(table, column, "trigger.update"));
        if (agent.memory() != null) {
            rowColumn(table, agent.memory().by(), "memory.by");
            agent.memory().remember().forEach(column -> outputColumn(column, "memory.remember"));
        }
        model(agent.model(), "model");
        model(agent.embeddings(), "embeddings");
        agent.tools().forEach(tool -> tool(table, tool));
        agent.lookups().forEach(lookup -> lookup(table, lookup));
        if (agent.trigger().also() != null) {
            problems.addAll(new AlsoCheck(app, agent, agent.trigger().also()).problems(table));
        }
        columns(table);
        return problems;
    }

    private void columns(TableDefinition table) {
        Set<String> known =
                new LinkedHashSet<>(table.columns().stream().map(Column::name).toList());
        known.addAll(List.of("memory", "facts", "problem"));
        known.addAll(agent.reads());
        for (OutputColumn column : agent.output().columns()) {
            if (table.column(column.name()).isPresent() && column.name().equals(agent.key())) {
                add("output column '" + column.name() + "' is the key: it is there anyway, remove it");
            }
            fill(column, known);
            known.add(column.name());
        }
        if (agent.prompt() != null) {
            placeholders(agent.prompt(), known);
        }
        if (agent.check() != null) {
            placeholders(agent.check().prompt(), known);
            boolean written = agent.output().columns().stream()
                    .anyMatch(column -> column.name().equals(agent.check().column())
                            && column.fill() instanceof Fill.Asked
                            && column.type().equals("STRING"));
            if (!written) {
                add("check.column '" + agent.check().column() + "' is no STRING column with a prompt");
            }
        }
    }

    private void fill(OutputColumn column, Set<String> known) {
        if (column.fill() instanceof Fill.Asked asked) {
            placeholders(asked.prompt(), known);
        } else if (column.fill() instanceof Fill.Nearest nearest) {
            for (Fill.Example example : nearest.examples()) {
                if (!column.oneOf().contains(example.label())) {
                    add(nearest.file() + " has the label '" + example.label() + "', which is not one of "
                            + column.oneOf() + " of column '" + column.name() + "'");
                    return;
                }
            }
        } else if (column.fill() instanceof Fill.FromTool from) {
            List<String> tools = Stream.concat(
                            agent.tools().stream().map(Tool::name),
                            agent.lookups().stream().map(HotReference::name))
                    .toList();
            if (!tools.contains(from.tool())) {
                add("column '" + column.name() + "' comes from tool '" + from.tool() + "'"
                        + Nearest.hint(from.tool(), tools));
            }
        } else if (column.fill() instanceof Fill.Ruled ruled) {
            for (Fill.Rule rule : ruled.rules()) {
                rule.when().keySet().stream()
                        .filter(name -> !known.contains(name))
                        .forEach(name -> add("a rule of column '" + column.name() + "' asks for '" + name + "'"
                                + Nearest.hint(name, known)));
            }
        }
    }

    private void placeholders(Prompt prompt, Set<String> known) {
        prompt.placeholders().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(new Problem(
                        agent.file().replace("agent.yaml", prompt.name()),
                        0,
                        "{" + name + "} stands for nothing" + Nearest.hint(name, known))));
    }

    private void tool(TableDefinition table, Tool tool) {
        tool.arguments().stream()
                .filter(Tool.Argument::bound)
                .forEach(argument -> rowColumn(table, argument.name(), "tool " + tool.name() + ": bind"));
        List<String> known = app.tables().stream()
                .map(lake -> "lake." + lake.qualifiedName())
                .toList();
        SqlFile.parse(agent.file(), tool.sql()).statements().stream()
                .flatMap(statement -> statement.references(List.of("lake")).stream())
                .filter(reference -> !known.contains(reference.name()))
                .forEach(reference -> add("tool " + tool.name() + ": table " + reference.name() + " does not exist"
                        + Nearest.hint(reference.name(), known)));
    }

    private void lookup(TableDefinition table, HotReference lookup) {
        problems.addAll(new LookupCheck(app, agent, lookup).problems(table));
        long named = agent.lookups().stream()
                        .filter(other -> other.name().equals(lookup.name()))
                        .count()
                + agent.tools().stream()
                        .filter(tool -> tool.name().equals(lookup.name()))
                        .count();
        if (named > 1) {
            problems.add(new Problem(
                    agent.file(), lookup.line(), "another tool is called '" + lookup.name() + "' too: keep one"));
        }
    }

    private void model(String alias, String key) {
        List<String> known = app.models().stream().map(Model::alias).toList();
        if (!known.contains(alias)) {
            add(key + " '" + alias + "' is not known" + Nearest.hint(alias, known));
        }
    }

    private void rowColumn(TableDefinition table, String column, String key) {
        List<String> known = table.columns().stream().map(Column::name).toList();
        if (!known.contains(column)) {
            add(key + " names '" + column + "', no column of lake." + table.qualifiedName()
                    + Nearest.hint(column, known));
        }
    }

    private void outputColumn(String column, String key) {
        List<String> known =
                agent.output().columns().stream().map(OutputColumn::name).toList();
        if (!known.contains(column)) {
            add(key + " names '" + column + "', no column of the output" + Nearest.hint(column, known));
        }
    }

    private void add(String message) {
        problems.add(new Problem(agent.file(), 0, message));
    }
}
