package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentFile;
import io.millrace.app.agent.ResultTables;
import io.millrace.app.doris.DorisFile;
import io.millrace.app.doris.DorisParts;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFolder;
import io.millrace.app.search.SearchIndex;
import io.millrace.app.search.SearchSection;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import io.millrace.service.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads every file of an app folder and collects what is wrong in them before giving up. */
final class AppReader {
    private static final List<Column> SOURCE_COLUMNS = List.of(
            new Column("_source_lsn", "BIGINT", true, "position of the change in the source's log", 0),
            new Column("_source_ts", "TIMESTAMP_LTZ(3)", true, "when the source committed the change", 0));

    private final PlatformParts platform = new PlatformParts();
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    AppReader(Path folder) {
        this.folder = folder;
    }

    App read() {
        if (!Files.isRegularFile(folder.resolve("app.yaml"))) {
            throw new AppException(
                    folder.toString(),
                    0,
                    "no app.yaml there: give the app's folder with --app (apps/shop is an example)");
        }
        YamlMap yaml = YamlMap.parse(name("app.yaml"), text(folder.resolve("app.yaml")))
                .allow("app", "database", "sources", "secrets", "models", "search", "settings");
        String database = yaml.optionalText("database").orElseGet(() -> yaml.text("app"));
        List<Source> sources = new ArrayList<>(sources(database, yaml.map("sources")));
        sources.add(platform.ledger());
        Map<String, String> settings = new LinkedHashMap<>();
        YamlMap given = yaml.map("settings");
        given.keys().forEach(key -> settings.put(key, given.text(key)));
        List<Agent> agents = agents(database);
        List<SearchIndex> search =
                collect(() -> SearchSection.read(yaml.map("search"))).orElse(List.of());
        List<TableDefinition> tables = tables(database, sources, agents, !search.isEmpty());
        List<TableDefinition> hotTables = tableFiles("tables/hot", database);
        hotTables.addAll(resultTables(tables, agents, ResultTables::hot));
        App app = new App(
                yaml.text("app"),
                folder,
                database,
                sources,
                yaml.texts("secrets"),
                models(yaml.map("models"), yaml.texts("secrets")),
                settings,
                tables,
                hotTables,
                pipelines(),
                agents,
                endpoints(),
                search,
                doris(yaml.texts("secrets")));
        if (problems.isEmpty()) {
            problems.addAll(new AppCheck(app, queries(app.endpoints())).problems());
            problems.addAll(new SearchCheck(app, yaml.map("search")).problems());
        }
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return app;
    }

    List<TableDefinition> hotTables(String database) {
        List<TableDefinition> tables = tableFiles("tables/hot", database);
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return tables;
    }

    /** The app's own models, and the platform's where the app says nothing. */
    private List<Model> models(YamlMap yaml, List<String> secrets) {
        List<Model> models = new ArrayList<>();
        for (String alias : yaml.keys()) {
            collect(() -> model(alias, yaml.map(alias), secrets)).ifPresent(models::add);
        }
        Model.LOCAL.stream().filter(local -> !yaml.has(local.alias())).forEach(models::add);
        return models;
    }

    private static Model model(String alias, YamlMap yaml, List<String> secrets) {
        List<String> known = new ArrayList<>(List.of("url", "model", "key"));
        known.addAll(Model.LIMITS);
        yaml.allow(known.toArray(String[]::new));
        Optional<String> key = yaml.optionalText("key");
        if (key.isPresent() && !secrets.contains(key.get())) {
            throw yaml.error(
                    yaml.line("key"),
                    "key '" + key.get() + "' is no secret of the app: name an environment variable and list it under"
                            + " secrets" + Nearest.hint(key.get(), secrets));
        }
        Map<String, String> limits = new LinkedHashMap<>();
        Model.LIMITS.stream().filter(yaml::has).forEach(limit -> limits.put(limit, yaml.text(limit)));
        return new Model(alias, yaml.optionalText("url"), yaml.text("model"), key, limits);
    }

    private List<Source> sources(String database, YamlMap yaml) {
        List<Source> sources = new ArrayList<>();
        for (String name : yaml.keys()) {
            collect(() -> source(name, database, yaml, yaml.map(name))).ifPresent(sources::add);
        }
        return sources;
    }

    private Source source(String name, String database, YamlMap sources, YamlMap yaml) {
        yaml.allow("connector", "seed", "topic", "format", "folder");
        if (yaml.has("folder")) {
            return FolderSource.parse(name, yaml);
        }
        if (yaml.has("connector")) {
            Path file = folder.resolve(yaml.text("connector"));
            if (!Files.isRegularFile(file)) {
                throw yaml.error(yaml.line("connector"), "no such file: " + yaml.text("connector"));
            }
            Optional<String> seed = yaml.optionalText("seed");
            return ConnectorFile.parse(
                    name, database, seed.isPresent(), name(yaml.text("connector")), text(file), seed);
        }
        if (yaml.has("topic")) {
            String format = yaml.optionalText("format").orElse("json");
            if (!format.equals("json")) {
                throw yaml.error(yaml.line("format"), "format '" + format + "' is not known: use json");
            }
            return new Source.Events(name, yaml.text("topic"), format);
        }
        throw yaml.error(
                sources.line(name),
                "source '" + name + "' is neither a connector nor a topic nor a folder: add 'connector: sources/" + name
                        + ".json', 'topic: NAME' or 'folder: " + name + "/'");
    }

    private List<TableDefinition> tables(String database, List<Source> sources, List<Agent> agents, boolean searched) {
        List<String> captured = sources.stream()
                .filter(Source.Cdc.class::isInstance)
                .map(Source.Cdc.class::cast)
                .flatMap(source -> source.tables().stream().map(table -> source.database() + "." + table.name()))
                .toList();
        List<TableDefinition> tables = tableFiles("tables", database);
        tables.addAll(platform.tables(sources));
        if (searched) {
            tables.addAll(platform.searchTables());
        }
        tables.addAll(resultTables(tables, agents, ResultTables::lake));
        return tables.stream()
                .map(table -> captured.contains(table.qualifiedName()) ? table.withColumns(SOURCE_COLUMNS) : table)
                .toList();
    }

    private List<TableDefinition> tableFiles(String part, String database) {
        List<TableDefinition> tables = new ArrayList<>();
        for (Path file : files(part)) {
            collect(() -> TableFile.parse(name(part + "/" + file.getFileName()), database, text(file)))
                    .ifPresent(tables::addAll);
        }
        return tables;
    }

    /** The tables that the agents' output columns ask for. */
    private static List<TableDefinition> resultTables(
            List<TableDefinition> tables,
            List<Agent> agents,
            BiFunction<Agent, Column, List<TableDefinition>> results) {
        List<TableDefinition> all = new ArrayList<>();
        for (Agent agent : agents) {
            tables.stream()
                    .filter(table ->
                            table.qualifiedName().equals(agent.trigger().table()))
                    .flatMap(table -> table.column(agent.key()).stream())
                    .findFirst()
                    .ifPresent(key -> all.addAll(results.apply(agent, key)));
        }
        return all;
    }

    private List<Agent> agents(String database) {
        Path directory = folder.resolve("agents");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Agent> agents = new ArrayList<>();
        try (Stream<Path> folders = Files.list(directory)) {
            for (Path agent : folders.filter(Files::isDirectory).sorted().toList()) {
                collect(() -> AgentFile.read(agent, name("agents/" + agent.getFileName()), database))
                        .ifPresent(agents::add);
            }
        } catch (IOException e) {
            problems.add(new Problem(name("agents"), 0, "cannot be read: " + e.getMessage()));
        }
        return agents;
    }

    private List<Pipeline> pipelines() {
        List<Pipeline> pipelines = new ArrayList<>(pipelines("pipelines", ""));
        pipelines.add(platform.ledgerPipeline());
        return pipelines;
    }

    private List<Pipeline> pipelines(String part, String prefix) {
        List<Pipeline> pipelines = new ArrayList<>();
        for (Path file : files(part)) {
            String name = file.getFileName().toString();
            collect(() -> SqlFile.parse(name(part + "/" + name), text(file)))
                    .ifPresent(sql -> pipelines.add(new Pipeline(prefix + name.substring(0, name.length() - 4), sql)));
        }
        return pipelines;
    }

    private DorisParts doris(List<String> secrets) {
        List<String> variables = new ArrayList<>(DorisParts.VARIABLES);
        variables.addAll(secrets);
        List<DorisFile> files = new ArrayList<>();
        for (Path file : files("doris")) {
            collect(() -> DorisFile.parse(name("doris/" + file.getFileName()), text(file), variables))
                    .ifPresent(files::add);
        }
        return new DorisParts(files, pipelines("doris/pipelines", DorisParts.JOB_PREFIX));
    }

    private List<Endpoint> endpoints() {
        try {
            return EndpointFolder.read(folder);
        } catch (AppException e) {
            e.problems()
                    .forEach(problem ->
                            problems.add(new Problem(name(problem.file()), problem.line(), problem.message())));
        } catch (IOException e) {
            problems.add(new Problem(name("endpoints"), 0, "cannot be read: " + e.getMessage()));
        }
        return List.of();
    }

    private List<SqlFile> queries(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> SqlFile.parse(name(endpoint.file()), text(folder.resolve(endpoint.file()))))
                .toList();
    }

    private <T> Optional<T> collect(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (AppException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private List<Path> files(String part) {
        Path directory = folder.resolve(part);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AppException(name(part), 0, "cannot be read: " + e.getMessage());
        }
    }

    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AppException(file.toString(), 0, "cannot be read as UTF-8 text: " + e.getMessage());
        }
    }

    /** The file as an author would type it: relative to where the command was given, if it lies below. */
    private String name(String relative) {
        Path working = Path.of("").toAbsolutePath();
        Path file = folder.resolve(relative);
        return file.startsWith(working) ? working.relativize(file).toString() : file.toString();
    }
}
