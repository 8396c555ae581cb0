package io.millrace.app;

import io.millrace.app.agent.Agent;
import io.millrace.app.doris.DorisParts;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.search.SearchIndex;
import io.millrace.app.search.SearchSection;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An app folder, read and checked.
 *
 * @param folder absolute path
 * @param database the app's database in the lake
 * @param secrets names of environment variables that must be set
 * @param models what the inference gateway offers, by the names the app uses
 * @param settings Flink settings for all its jobs, by key
 * @param tables its lake tables; a CDC table has {@code _source_lsn} and {@code _source_ts} at the end
 * @param hotTables its tables in the hot store, {@code hot.DATABASE.TABLE} in pipelines
 * @param search what of it can be searched
 * @param doris what only the full stack has
 */
public record App(
        String name,
        Path folder,
        String database,
        List<Source> sources,
        List<String> secrets,
        List<Model> models,
        Map<String, String> settings,
        List<TableDefinition> tables,
        List<TableDefinition> hotTables,
        List<Pipeline> pipelines,
        List<Agent> agents,
        List<Endpoint> endpoints,
        List<SearchIndex> search,
        DorisParts doris) {

    /** Name of the platform's own source and database: the ledger of model calls. */
    public static final String LEDGER = PlatformParts.LEDGER;

    /** @throws AppException with every problem found, each with file and line */
    public static App load(Path folder) {
        return new AppReader(folder.toAbsolutePath().normalize()).read();
    }

    /**
     * The database alone of the app in that folder, without reading anything else.
     *
     * @return the folder's name when there is no app.yaml
     */
    public static String database(Path folder) throws IOException {
        Path file = folder.resolve("app.yaml");
        if (!Files.exists(file)) {
            return folder.getFileName().toString();
        }
        YamlMap yaml = YamlMap.parse(file.toString(), Files.readString(file));
        return yaml.optionalText("database").orElseGet(() -> yaml.text("app"));
    }

    /**
     * What can be searched of the app in that folder, without reading anything else.
     *
     * @return empty when there is no app.yaml
     * @throws AppException with file and line
     */
    public static List<SearchIndex> search(Path folder) throws IOException {
        Path file = folder.resolve("app.yaml");
        return Files.exists(file)
                ? SearchSection.read(
                        YamlMap.parse(file.toString(), Files.readString(file)).map("search"))
                : List.of();
    }

    /**
     * The hot tables of the app in that folder that are carried into the lake, without reading anything else.
     *
     * @throws AppException with file and line
     */
    public static List<TableDefinition> tieredTables(Path folder) throws IOException {
        return tiered(new AppReader(folder.toAbsolutePath().normalize()).hotTables(database(folder)));
    }

    /** The same app with its tables as the lake has stored them. */
    public App withTables(List<TableDefinition> stored) {
        return new App(
                name, folder, database, sources, secrets, models, settings, stored, hotTables, pipelines, agents,
                endpoints, search, doris);
    }

    /** The same app for a platform with Doris: the pipelines that feed Doris are jobs like all others. */
    public App withDorisPipelines() {
        List<Pipeline> all =
                Stream.concat(pipelines.stream(), dorisPipelines().stream()).toList();
        return new App(
                name, folder, database, sources, secrets, models, settings, tables, hotTables, all, agents, endpoints,
                search, doris);
    }

    /** Pipelines that run only where Doris is; not among {@link #pipelines()}. */
    public List<Pipeline> dorisPipelines() {
        return doris.pipelines();
    }

    public Optional<TableDefinition> table(String database, String table) {
        return tables.stream()
                .filter(definition -> definition.database().equals(database)
                        && definition.name().equals(table))
                .findFirst();
    }

    /** @param qualifiedName {@code DATABASE.TABLE} */
    public Optional<TableDefinition> hotTable(String qualifiedName) {
        return hotTables.stream()
                .filter(table -> table.qualifiedName().equals(qualifiedName))
                .findFirst();
    }

    /** The app's tables in the hot store, and the platform's beside them; none without hot tables. */
    public List<TableDefinition> allHotTables() {
        return hotTables.isEmpty()
                ? List.of()
                : Stream.concat(hotTables.stream(), PlatformParts.hotTables().stream())
                        .toList();
    }

    /** The hot tables that are carried into the lake, where each has the name it has in the hot store. */
    public List<TableDefinition> tieredTables() {
        return tiered(hotTables);
    }

    private static List<TableDefinition> tiered(List<TableDefinition> hotTables) {
        return hotTables.stream()
                .filter(table -> Boolean.parseBoolean(table.options().get(TableDefinition.TIERED)))
                .toList();
    }

    /** Names of all jobs: each pipeline and agent is one, and the platform has some for files and search. */
    public List<String> jobNames() {
        List<String> names = new ArrayList<>();
        pipelines.forEach(pipeline -> names.add(pipeline.name()));
        if (!folders().isEmpty()) {
            names.addAll(List.of(IngestCompiler.JOB, ReadCompiler.JOB));
        }
        if (!search.isEmpty()) {
            names.add(EmbeddingCompiler.JOB);
        }
        if (!tieredTables().isEmpty()) {
            names.add(TieringCompiler.JOB);
        }
        agents.forEach(agent -> names.add(agent.name()));
        return List.copyOf(names);
    }

    /** @throws AppException naming the jobs there are when none has that name */
    public String requireJob(String job) {
        if (!jobNames().contains(job)) {
            throw new AppException(folder.toString(), 0, "no job '" + job + "'" + Nearest.hint(job, jobNames()));
        }
        return job;
    }

    public Pipeline pipeline(String pipelineName) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(pipelineName))
                .findFirst()
                .orElseThrow();
    }

    /** Every captured database. */
    public List<Source.Cdc> databases() {
        return sources.stream()
                .filter(Source.Cdc.class::isInstance)
                .map(Source.Cdc.class::cast)
                .toList();
    }

    /** The captured database of that name; there is one. */
    public Source.Cdc source(String sourceName) {
        return databases().stream()
                .filter(source -> source.name().equals(sourceName))
                .findFirst()
                .orElseThrow();
    }

    public List<Source.Events> topics() {
        return sources.stream()
                .filter(Source.Events.class::isInstance)
                .map(Source.Events.class::cast)
                .toList();
    }

    /** The folders whose files go into the lake; with none there are no media tables. */
    public List<Source.Folder> folders() {
        return sources.stream()
                .filter(Source.Folder.class::isInstance)
                .map(Source.Folder.class::cast)
                .toList();
    }

    /** The captured table that arrives as {@code cdc.DATABASE.TABLE}. */
    public Optional<Source.CapturedTable> capturedTable(String inDatabase, String table) {
        return databases().stream()
                .filter(source -> source.database().equals(inDatabase))
                .flatMap(source -> source.table(table).stream())
                .findFirst();
    }

    /** The databases the app itself brings: all but the platform's ledger. */
    public List<Source.Cdc> ownDatabases() {
        return databases().stream()
                .filter(source -> source.database().equals(database))
                .toList();
    }

    /** The first captured table of the app's own database: {@code shop.customers}. */
    public Optional<String> firstTable() {
        return ownDatabases().stream()
                .flatMap(source -> source.tables().stream())
                .map(table -> database + "." + table.name())
                .findFirst();
    }

    /** The database that has the seed's rows, if the app brings any. */
    public Optional<Source.Cdc> seeded() {
        return databases().stream().filter(source -> source.seed().isPresent()).findFirst();
    }
}
