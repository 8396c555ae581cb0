package io.millrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFolder;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.app.table.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads every file of an app folder and collects what is wrong in them before giving up. */
final class AppReader {
    /** Database of the platform's own tables. */
    static final String PLATFORM_DATABASE = "ops";

    private static final List<Column> SOURCE_COLUMNS = List.of(
            new Column("_source_lsn", "BIGINT", true, "position of the change in the source's log", 0),
            new Column("_source_ts", "TIMESTAMP_LTZ(3)", true, "when the source committed the change", 0));

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
                .allow("app", "database", "sources", "secrets", "settings");
        String database = yaml.optionalText("database").orElseGet(() -> yaml.text("app"));
        List<Source> sources = sources(yaml.map("sources"));
        Map<String, String> settings = new LinkedHashMap<>();
        YamlMap given = yaml.map("settings");
        given.keys().forEach(key -> settings.put(key, given.text(key)));
        App app = new App(
                yaml.text("app"),
                folder,
                database,
                sources,
                yaml.texts("secrets"),
                settings,
                tables(database, sources),
                pipelines());
        List<SqlFile> endpoints = endpoints();
        if (problems.isEmpty()) {
            problems.addAll(new AppCheck(app, endpoints).problems());
        }
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return app;
    }

    private List<Source> sources(YamlMap yaml) {
        List<Source> sources = new ArrayList<>();
        for (String name : yaml.keys()) {
            collect(() -> source(name, yaml, yaml.map(name))).ifPresent(sources::add);
        }
        return sources;
    }

    private Source source(String name, YamlMap sources, YamlMap yaml) {
        yaml.allow("connector", "seed", "topic", "format");
        if (yaml.has("connector")) {
            Path file = folder.resolve(yaml.text("connector"));
            if (!Files.isRegularFile(file)) {
                throw yaml.error(yaml.line("connector"), "no such file: " + yaml.text("connector"));
            }
            return ConnectorFile.parse(name, name(yaml.text("connector")), text(file), yaml.optionalText("seed"));
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
                "source '" + name + "' is neither a connector nor a topic: add " + "'connector: sources/" + name
                        + ".json' or 'topic: NAME'");
    }

    private List<TableDefinition> tables(String database, List<Source> sources) {
        List<String> captured = sources.stream()
                .filter(Source.Cdc.class::isInstance)
                .flatMap(source -> ((Source.Cdc) source).tables().stream())
                .map(Source.CapturedTable::name)
                .toList();
        List<TableDefinition> tables = new ArrayList<>();
        for (Path file : files("tables")) {
            collect(() -> TableFile.parse(name("tables/" + file.getFileName()), database, text(file)))
                    .ifPresent(tables::addAll);
        }
        List<TableDefinition> complete = new ArrayList<>();
        for (TableDefinition table : tables) {
            complete.add(captured.contains(table.name()) ? table.withColumns(SOURCE_COLUMNS) : table);
        }
        complete.addAll(platformTables());
        return complete;
    }

    private static List<TableDefinition> platformTables() {
        List<TableDefinition> tables = new ArrayList<>();
        for (String name : List.of("dead_letters", "source_markers")) {
            String file = "/platform/tables/" + name + ".sql";
            try (InputStream in = AppReader.class.getResourceAsStream(file)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                tables.addAll(TableFile.parse(file, PLATFORM_DATABASE, text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tables;
    }

    private List<Pipeline> pipelines() {
        List<Pipeline> pipelines = new ArrayList<>();
        for (Path file : files("pipelines")) {
            String name = file.getFileName().toString();
            collect(() -> SqlFile.parse(name("pipelines/" + name), text(file)))
                    .ifPresent(sql -> pipelines.add(new Pipeline(name.substring(0, name.length() - 4), sql)));
        }
        return pipelines;
    }

    /** The queries of the endpoint files, once their headers hold. */
    private List<SqlFile> endpoints() {
        List<SqlFile> queries = new ArrayList<>();
        try {
            for (Endpoint endpoint : EndpointFolder.read(folder)) {
                queries.add(SqlFile.parse(name(endpoint.file()), text(folder.resolve(endpoint.file()))));
            }
        } catch (AppException e) {
            e.problems()
                    .forEach(problem ->
                            problems.add(new Problem(name(problem.file()), problem.line(), problem.message())));
        } catch (IOException e) {
            problems.add(new Problem(name("endpoints"), 0, "cannot be read: " + e.getMessage()));
        }
        return queries;
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

    /** A Kafka Connect connector's configuration, as its REST API takes it. */
    private static final class ConnectorFile {
        private static final ObjectMapper JSON = new ObjectMapper();

        private ConnectorFile() {}

        static Source.Cdc parse(String name, String file, String text, Optional<String> seed) {
            Map<String, String> connector;
            try {
                connector = JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
            } catch (JsonProcessingException e) {
                throw new AppException(
                        file,
                        e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                        "not a JSON object of texts: " + e.getOriginalMessage());
            }
            if (connector == null) {
                throw new AppException(file, 0, "not a JSON object of texts: it holds only null");
            }
            connector.forEach((key, value) -> {
                if (value == null) {
                    throw new AppException(file, 0, "key '" + key + "' has no value: give one, or remove the key");
                }
            });
            String prefix = required(connector, file, "topic.prefix");
            List<Source.CapturedTable> tables = new ArrayList<>();
            for (String qualified :
                    required(connector, file, "table.include.list").split(",")) {
                String[] parts = qualified.strip().split("\\.");
                if (parts.length != 2 || !Stream.of(parts).allMatch(part -> part.matches("[\\w-]+"))) {
                    throw new AppException(
                            file,
                            0,
                            "table.include.list holds '" + qualified.strip()
                                    + "': write SCHEMA.TABLE, no patterns, for each table gets its own lake table");
                }
                tables.add(new Source.CapturedTable(parts[1], parts[0], prefix + "." + parts[0] + "." + parts[1]));
            }
            return new Source.Cdc(name, Map.copyOf(connector), List.copyOf(tables), seed);
        }

        private static String required(Map<String, String> connector, String file, String key) {
            String value = connector.get(key);
            if (value == null || value.isBlank()) {
                throw new AppException(file, 0, "key '" + key + "' is missing");
            }
            return value;
        }
    }
}
