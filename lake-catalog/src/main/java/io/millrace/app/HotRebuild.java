package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.HotReference;
import io.millrace.app.sql.TableReference;
import io.millrace.app.table.TableDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has to begin anew so that hot tables can: the pipelines that fill them or read them, and the other hot tables that
 * those fill.
 *
 * @param tables names with database, {@code shop.customer_activity}
 * @param jobs names of pipelines
 * @param agents names of agents whose results are in one of the tables, and that go on: the lake has their results
 */
public record HotRebuild(List<String> tables, List<String> jobs, List<String> agents) {
    /** @param table with its database */
    public static HotRebuild of(App app, String table) {
        return of(app, Set.of(table), Set.of());
    }

    /** What has to begin anew with jobs that do; nothing where they write no hot table. */
    public static HotRebuild with(App app, Set<String> jobs) {
        Stream<String> byPipelines = app.pipelines().stream()
                .filter(pipeline -> jobs.contains(pipeline.name()))
                .flatMap(HotRebuild::written);
        Stream<String> byAgents = app.agents().stream()
                .filter(agent -> jobs.contains(agent.name()) && agent.output().hot() != null)
                .map(agent -> agent.output().hot().table());
        return of(app, Stream.concat(byPipelines, byAgents).collect(Collectors.toSet()), jobs);
    }

    private static HotRebuild of(App app, Set<String> first, Set<String> without) {
        Set<String> tables = new LinkedHashSet<>(first);
        Set<String> jobs = new LinkedHashSet<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Pipeline pipeline : app.pipelines()) {
                List<TableReference> hot = hot(pipeline);
                if (hot.stream().anyMatch(reference -> tables.contains(name(reference)))) {
                    grows |= jobs.add(pipeline.name());
                    grows |= tables.addAll(written(pipeline).collect(Collectors.toSet()));
                }
            }
        }
        List<String> agents = app.agents().stream()
                .filter(agent -> !without.contains(agent.name()))
                .filter(agent -> tables.stream().anyMatch(name -> isWrittenBy(agent, name)))
                .map(Agent::name)
                .toList();
        return new HotRebuild(List.copyOf(tables), List.copyOf(jobs), agents);
    }

    /** Whether the hot table has the agent's current results. */
    public static boolean isWrittenBy(Agent agent, String table) {
        HotReference hot = agent.output().hot();
        return hot != null && hot.table().equals(table);
    }

    /** The definitions of its tables. */
    public static List<TableDefinition> definitions(App app, List<String> tables) {
        return app.hotTables().stream()
                .filter(table -> tables.contains(table.qualifiedName()))
                .toList();
    }

    private static List<TableReference> hot(Pipeline pipeline) {
        return pipeline.references().stream()
                .filter(reference -> reference.catalog().equals("hot"))
                .toList();
    }

    private static Stream<String> written(Pipeline pipeline) {
        return hot(pipeline).stream().filter(TableReference::written).map(HotRebuild::name);
    }

    private static String name(TableReference reference) {
        return reference.database() + "." + reference.table();
    }
}
