package io.millrace.app;

import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the files of an app. */
final class AppCheck {
    private static final String ASYNC_STATE = "table.exec.async-state.enabled";
    private static final Set<String> PLATFORM_JOBS =
            Set.of(IngestCompiler.JOB, ReadCompiler.JOB, EmbeddingCompiler.JOB, TieringCompiler.JOB);

    /** Catalogs whose tables are the app's own. */
    private static final Set<String> STORES = Set.of("lake", "hot");

    private final App app;
    private final List<SqlFile> endpoints;
    private final List<Problem> problems = new ArrayList<>();

    /** @param endpoints the queries of the app's endpoint files */
    AppCheck(App app, List<SqlFile> endpoints) {
        this.app = app;
        this.endpoints = endpoints;
    }

    List<Problem> problems() {
        eachTableOnce(app.tables());
        eachTableOnce(app.hotTables());
        tieredTablesHaveTheirNameAlone();
        capturedTablesHaveKeys();
        icebergTablesHaveNoDeletionVectors();
        eachJobOnce();
        app.pipelines().forEach(this::pipeline);
        app.dorisPipelines().forEach(this::pipeline);
        app.agents().forEach(agent -> problems.addAll(new AgentCheck(app, agent).problems()));
        endpoints.forEach(this::endpoint);
        app.doris().files().forEach(file -> exist(file.file(), file.references()));
        problems.addAll(new DorisCheck(app, endpoints).problems());
        return problems;
    }

    private void eachTableOnce(List<TableDefinition> tables) {
        Map<String, TableDefinition> seen = new HashMap<>();
        for (TableDefinition table : tables) {
            TableDefinition first = seen.putIfAbsent(table.qualifiedName(), table);
            if (first != null) {
                add(
                        table.file(),
                        table.line(),
                        "table " + table.qualifiedName() + " stands in " + first.file() + " already: keep one");
            }
        }
    }

    /** Its rows would go into a table that others write. */
    private void tieredTablesHaveTheirNameAlone() {
        for (TableDefinition table : app.tieredTables()) {
            app.table(table.database(), table.name())
                    .ifPresent(other -> add(
                            table.file(),
                            table.line(),
                            "table hot." + table.qualifiedName() + " is carried into lake." + table.qualifiedName()
                                    + ", which stands in " + other.file()
                                    + " already: give it another name, or remove '" + TableDefinition.TIERED + "'"));
        }
    }

    private void eachJobOnce() {
        Map<String, String> seen = new HashMap<>();
        for (Pipeline pipeline : app.pipelines()) {
            String file = pipeline.sql().file();
            String first = seen.putIfAbsent(pipeline.name(), file);
            if (first != null || PLATFORM_JOBS.contains(pipeline.name())) {
                // The platform's pipeline comes last.
                add(
                        first == null ? file : first,
                        0,
                        "the platform has a job '" + pipeline.name() + "' of its own: rename the file");
            }
        }
        app.dorisPipelines()
                .forEach(pipeline -> once(seen, pipeline.name(), pipeline.sql().file()));
        app.agents().forEach(agent -> once(seen, agent.name(), agent.file()));
    }

    private void once(Map<String, String> seen, String name, String file) {
        if (PLATFORM_JOBS.contains(name)) {
            add(file, 0, "the platform has a job '" + name + "' of its own: rename this one");
        } else if (seen.putIfAbsent(name, file) != null) {
            add(file, 0, "a pipeline is called '" + name + "' too: rename one");
        }
    }

    private void capturedTablesHaveKeys() {
        for (TableDefinition table : app.tables()) {
            if (app.capturedTable(table.database(), table.name()).isPresent()
                    && table.primaryKey().isEmpty()) {
                add(
                        table.file(),
                        table.line(),
                        "table " + table.qualifiedName()
                                + " is captured from a database and has no primary key: add PRIMARY KEY (…) NOT ENFORCED");
            }
        }
    }

    /** Measured: a reader of Iceberg's format v2 would see rows that are deleted. */
    private void icebergTablesHaveNoDeletionVectors() {
        for (TableDefinition table : app.tables()) {
            if (table.options().containsKey("metadata.iceberg.storage")
                    && Boolean.parseBoolean(table.options().get("deletion-vectors.enabled"))) {
                add(
                        table.file(),
                        table.line(),
                        "table " + table.qualifiedName()
                                + " is marked for Iceberg, which does not know Paimon's deletion"
                                + " vectors: remove 'metadata.iceberg.storage' or 'deletion-vectors.enabled'");
            }
        }
    }

    private void pipeline(Pipeline pipeline) {
        String file = pipeline.sql().file();
        if (pipeline.inserts().isEmpty()) {
            add(file, 0, "no INSERT INTO in it: a pipeline writes at least one table");
        }
        if (Boolean.parseBoolean(setting(pipeline, ASYNC_STATE))) {
            pipeline.inserts().forEach(insert -> noAsynchronousJoin(file, insert));
        }
        for (Statement statement : pipeline.preparations()) {
            if (statement.startsWith("SET")) {
                add(file, statement.line(), "SET needs quotes: SET 'key' = 'value'");
            }
            if (statement.startsWith("CREATE", "TABLE")) {
                add(
                        file,
                        statement.line(),
                        "tables of the lake are declared in tables/: move this CREATE TABLE there, "
                                + "or make it CREATE TEMPORARY TABLE if it is another system's");
            }
        }
        for (Statement statement : pipeline.preparations()) {
            try {
                ModelStatement.of(app, pipeline, statement).ifPresent(model -> model.complete(""));
            } catch (AppException e) {
                problems.addAll(e.problems());
            }
        }
        for (TableReference reference : pipeline.references()) {
            List<String> known = known(reference.catalog());
            if (!known.contains(reference.name())) {
                add(
                        file,
                        reference.line(),
                        "table " + reference.name() + " does not exist" + Nearest.hint(reference.name(), known));
            } else if (reference.written() && !STORES.contains(reference.catalog())) {
                add(
                        file,
                        reference.line(),
                        reference.name() + " is a source and cannot be written: insert into lake." + app.database()
                                + ".…");
            }
        }
    }

    private String setting(Pipeline pipeline, String key) {
        return pipeline.settings().getOrDefault(key, app.settings().getOrDefault(key, ""));
    }

    /** Measured on Flink 2.2.0: its asynchronous streaming join mixes up rows; see docs/decisions/007. */
    private void noAsynchronousJoin(String file, Statement insert) {
        insert.tokens().stream()
                .filter(token -> token.is("JOIN"))
                .findFirst()
                .ifPresent(join -> add(
                        file,
                        join.line(),
                        "a JOIN with asynchronous state gives wrong rows on this Flink: set '" + ASYNC_STATE
                                + "' to 'false' here, or join in a pipeline of its own"));
    }

    private void endpoint(SqlFile query) {
        for (Statement statement : query.statements()) {
            exist(query.file(), statement.references(List.of("lake")));
        }
    }

    private void exist(String file, List<TableReference> references) {
        List<String> known = known("lake");
        for (TableReference reference : references) {
            if (!known.contains(reference.name())) {
                add(
                        file,
                        reference.line(),
                        "table " + reference.name() + " does not exist" + Nearest.hint(reference.name(), known));
            }
        }
    }

    private List<String> known(String catalog) {
        if (catalog.equals("hot")) {
            return app.hotTables().stream()
                    .map(table -> "hot." + table.qualifiedName())
                    .toList();
        }
        List<String> names = new ArrayList<>();
        if (catalog.equals("lake")) {
            app.tieredTables().forEach(table -> names.add("lake." + table.qualifiedName()));
        }
        for (TableDefinition table : app.tables()) {
            boolean captured = app.capturedTable(table.database(), table.name()).isPresent();
            boolean events = table.database().equals(app.database())
                    && app.topics().stream().anyMatch(topic -> topic.name().equals(table.name()));
            if (catalog.equals("lake") || catalog.equals("cdc") && captured || catalog.equals("events") && events) {
                names.add(catalog + "." + table.qualifiedName());
            }
        }
        return names;
    }

    private void add(String file, int line, String message) {
        problems.add(new Problem(file, line, message));
    }
}
