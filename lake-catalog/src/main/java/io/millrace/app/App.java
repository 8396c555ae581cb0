package io.millrace.app;

import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An app folder, read and checked.
 *
 * @param folder absolute path
 * @param database the app's database in the lake
 * @param secrets names of environment variables that must be set
 * @param settings Flink settings for all its jobs, by key
 * @param tables its lake tables; a CDC table has {@code _source_lsn} and {@code _source_ts} at the end
 */
public record App(
        String name,
        Path folder,
        String database,
        List<Source> sources,
        List<String> secrets,
        Map<String, String> settings,
        List<TableDefinition> tables,
        List<Pipeline> pipelines) {

    /** @throws AppException with every problem found, each with file and line */
    public static App load(Path folder) {
        return new AppReader(folder.toAbsolutePath().normalize()).read();
    }

    /** The same app with its tables as the lake has stored them. */
    public App withTables(List<TableDefinition> stored) {
        return new App(name, folder, database, sources, secrets, settings, stored, pipelines);
    }

    public Optional<TableDefinition> table(String database, String table) {
        return tables.stream()
                .filter(definition -> definition.database().equals(database)
                        && definition.name().equals(table))
                .findFirst();
    }

    /** @throws AppException naming the pipelines there are when none has that name */
    public Pipeline pipeline(String pipelineName) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.name().equals(pipelineName))
                .findFirst()
                .orElseThrow(() -> new AppException(
                        folder.resolve("pipelines").toString(),
                        0,
                        "no pipeline '" + pipelineName + "'"
                                + Nearest.hint(
                                        pipelineName,
                                        pipelines.stream().map(Pipeline::name).toList())));
    }

    public List<Source.Cdc> databases() {
        return sources.stream()
                .filter(Source.Cdc.class::isInstance)
                .map(Source.Cdc.class::cast)
                .toList();
    }

    public List<Source.Events> topics() {
        return sources.stream()
                .filter(Source.Events.class::isInstance)
                .map(Source.Events.class::cast)
                .toList();
    }

    /** The captured table that arrives as {@code cdc.DATABASE.TABLE}. */
    public Optional<Source.CapturedTable> capturedTable(String table) {
        return databases().stream()
                .flatMap(source -> source.tables().stream())
                .filter(captured -> captured.name().equals(table))
                .findFirst();
    }
}
