package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.sql.Token;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one INSERT of a pipeline, or an agent, puts into a hot table, as a query over the lake: the INSERT's own, with
 * topics and captured tables read where they are in the lake.
 *
 * @param pipeline or agent
 * @param columns of the hot table that the INSERT fills, in the query's order
 */
public record HotFill(String pipeline, TableDefinition table, List<Column> columns, String query) {
    private static final List<String> SOURCES = List.of("cdc", "events");

    /** Of all pipelines, in their order, and of agents, whose results are in the lake too. */
    public static List<HotFill> of(App app) {
        List<HotFill> fills = new ArrayList<>();
        for (Pipeline pipeline : app.pipelines()) {
            for (Statement insert : pipeline.inserts()) {
                of(app, pipeline.name(), insert).ifPresent(fills::add);
            }
        }
        for (Agent agent : app.agents()) {
            app.hotTables().stream()
                    .filter(table -> HotRebuild.isWrittenBy(agent, table.qualifiedName()))
                    .forEach(table -> fills.add(new HotFill(
                            agent.name(),
                            table,
                            table.columns(),
                            "SELECT "
                                    + table.columns().stream()
                                            .map(column -> "`" + column.name() + "`")
                                            .collect(Collectors.joining(", "))
                                    + " FROM lake." + agent.output().table())));
        }
        return fills;
    }

    private static Optional<HotFill> of(App app, String pipeline, Statement insert) {
        Optional<TableReference> written = insert.references(List.of("hot")).stream()
                .filter(TableReference::written)
                .findFirst();
        return written.flatMap(reference -> app.hotTables().stream()
                .filter(table -> ("hot." + table.qualifiedName()).equals(reference.name()))
                .findFirst()
                .map(table -> of(pipeline, table, insert)));
    }

    private static HotFill of(String pipeline, TableDefinition table, Statement insert) {
        List<Token> tokens = insert.tokens();
        int next = 2;
        while (!tokens.get(next - 1).text().equalsIgnoreCase(table.name())) {
            next++;
        }
        List<Column> columns = new ArrayList<>();
        if (tokens.get(next).is("(")) {
            for (next++; !tokens.get(next).is(")"); next++) {
                table.column(tokens.get(next).text()).ifPresent(columns::add);
            }
            next++;
        } else {
            columns.addAll(table.columns());
        }
        return new HotFill(pipeline, table, List.copyOf(columns), overTheLake(insert, next));
    }

    private static String overTheLake(Statement insert, int first) {
        List<Token> tokens = insert.tokens();
        int offset = tokens.get(0).start();
        StringBuilder query = new StringBuilder();
        int copied = tokens.get(first).start();
        for (int i = first; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean begins = !tokens.get(i - 1).is(".")
                    && i + 1 < tokens.size()
                    && tokens.get(i + 1).is(".");
            if (begins && token.isIdentifier() && SOURCES.contains(token.text().toLowerCase(Locale.ROOT))) {
                query.append(insert.text(), copied - offset, token.start() - offset)
                        .append("lake");
                copied = token.end();
            }
        }
        return query.append(insert.text().substring(copied - offset)).toString();
    }
}
