package io.millrace.app;

import io.millrace.app.doris.DorisTable;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Turns a pipeline file into a job: derives its source tables from the lake's, and sends what cannot be read to the
 * dead letters.
 */
public final class JobCompiler {
    /** What the guarded format and Kafka say of each event. */
    private static final String GUARD_COLUMNS = """
              `_error` STRING METADATA FROM 'value.error' VIRTUAL,
              `_raw` STRING METADATA FROM 'value.raw' VIRTUAL,
              `_partition` INT METADATA FROM 'partition' VIRTUAL,
              `_offset` BIGINT METADATA FROM 'offset' VIRTUAL,
              `_seen_at` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL
            """;

    /** Stands for the inference gateway's address in a pipeline file: providers of others need it. */
    private static final String GATEWAY = "${gateway}";

    /** Stands for the lake's URI: tables of other formats can lie beside its own. */
    private static final String WAREHOUSE = "${warehouse}";

    /** Catalogs whose tables are derived from the lake's: each stands for a topic. */
    private static final Set<String> SOURCES = Set.of("cdc", "events");

    private final App app;
    private final MarkerPaths paths;
    private final String warehouse;
    private final String kafka;
    private final String gateway;
    private final String hotStore;

    /**
     * Where the cluster finds what jobs connect to.
     *
     * @param warehouse URI of the lake
     * @param kafka bootstrap servers
     * @param gateway base URL of the inference gateway
     * @param hotStore bootstrap servers of the hot store
     */
    public record Addresses(String warehouse, String kafka, String gateway, String hotStore) {}

    public JobCompiler(App app, Addresses addresses) {
        this.app = app;
        this.paths = new MarkerPaths(app);
        this.warehouse = addresses.warehouse();
        this.kafka = addresses.kafka();
        this.gateway = addresses.gateway();
        this.hotStore = addresses.hotStore();
    }

    /**
     * @param consumerGroup Kafka group whose committed offsets are where a start without state begins
     * @throws AppException when a prompt file that was there when the app was loaded has gone
     */
    public JobScript compile(Pipeline pipeline, String consumerGroup) {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        if (asksModels(pipeline)) {
            settings.putAll(JobSettings.INFERENCE);
        }
        settings.putAll(app.settings());
        settings.putAll(pipeline.settings());
        settings.put("pipeline.name", pipeline.name());
        List<String> preparations = new ArrayList<>();
        preparations.add("CREATE CATALOG lake WITH ('type' = 'paimon', 'warehouse' = " + literal(warehouse) + ")");
        if (pipeline.references().stream()
                .anyMatch(reference -> reference.catalog().equals("hot"))) {
            preparations.add(
                    "CREATE CATALOG hot WITH ('type' = 'fluss', 'bootstrap.servers' = " + literal(hotStore) + ")");
        }
        Set<TableReference> sources = new LinkedHashSet<>();
        for (TableReference reference : pipeline.references()) {
            if (SOURCES.contains(reference.catalog())) {
                sources.add(new TableReference(reference.catalog(), reference.database(), reference.table(), false, 0));
            }
        }
        Set<String> catalogs = new LinkedHashSet<>();
        for (TableReference source : sources) {
            if (catalogs.add(source.catalog())) {
                preparations.add("CREATE CATALOG " + source.catalog()
                        + " WITH ('type' = 'generic_in_memory', 'default-database' = " + literal(source.database())
                        + ")");
            } else if (catalogs.add(source.catalog() + "." + source.database())) {
                preparations.add("CREATE DATABASE IF NOT EXISTS " + identifier(source.catalog()) + "."
                        + identifier(source.database()));
            }
        }
        for (TableReference source : sources) {
            preparations.addAll(sourceTable(source, consumerGroup));
        }
        pipeline.preparations().stream()
                .map(statement -> prepared(pipeline, statement))
                .forEach(preparations::add);
        List<String> inserts =
                new ArrayList<>(pipeline.inserts().stream().map(Statement::text).toList());
        List<String> goodMarkers = new ArrayList<>();
        List<String> deadLetters = new ArrayList<>(sources.stream()
                .filter(source -> reporter(source, pipeline).equals(pipeline))
                .map(source -> deadLetters(source.name(), topic(source), all(source)))
                .toList());
        for (Source.Cdc source : paths.sources(pipeline)) {
            String markers = name("cdc", source.database(), "markers of " + source.name());
            preparations.add(markerTable(markers, source, consumerGroup));
            String good = "SELECT " + literal(pipeline.name()) + ", " + literal(source.name())
                    + ", `value`, `written_at` FROM " + markers + " WHERE `_error` IS NULL";
            inserts.add("INSERT INTO " + Markers.LAKE_TABLE + " " + good);
            goodMarkers.add(good);
            deadLetters.add(deadLetters(Markers.SOURCE_TABLE, Markers.topic(source), markers));
        }
        if (MarkerPaths.fillsHotTables(pipeline)) {
            markersOfTheLake(pipeline).ifPresent(goodMarkers::add);
            if (!goodMarkers.isEmpty()) {
                inserts.add("INSERT INTO " + Markers.HOT_TABLE + " " + String.join(" UNION ALL ", goodMarkers));
            }
        }
        if (!deadLetters.isEmpty()) {
            inserts.add("INSERT INTO lake." + PlatformParts.OPERATIONS + ".dead_letters "
                    + String.join(" UNION ALL ", deadLetters));
        }
        sinkSettings(pipeline, inserts).forEach(settings::putIfAbsent);
        return new JobScript(pipeline.name(), settings, preparations, inserts);
    }

    /**
     * What lets a job be restored at another parallelism. Paimon names the operators of a sink by table and suffix, else
     * their ids change with the parallelism; two sinks of one table would have the same id and keep what Flink gives them.
     * A committer in one task with its writer has the writer's maximum parallelism, alone it has 1.
     */
    private static Map<String, String> sinkSettings(Pipeline pipeline, List<String> inserts) {
        Set<String> twice = new HashSet<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (Statement insert : SqlFile.parse(pipeline.sql().file(), String.join(";\n", inserts))
                .statements()) {
            for (TableReference table : insert.references(List.of("lake"))) {
                if (table.written()) {
                    String prefix = "paimon." + table.name() + ".sink.";
                    String suffix = prefix + "operator-uid.suffix";
                    settings.put(prefix + "committer-operator-chaining", "false");
                    if (settings.put(suffix, table.database()) != null) {
                        twice.add(suffix);
                    }
                }
            }
        }
        settings.keySet().removeAll(twice);
        return settings;
    }

    /** The one pipeline of several over a source that sends what cannot be read to the dead letters. */
    private Pipeline reporter(TableReference source, Pipeline reader) {
        String lakeTable = "lake." + source.database() + "." + source.table();
        return firstThat(reference -> reference.written() && reference.name().equals(lakeTable))
                .or(() -> firstThat(reference -> reference.name().equals(source.name())))
                .orElse(reader);
    }

    private Optional<Pipeline> firstThat(Predicate<TableReference> names) {
        return app.pipelines().stream()
                .filter(pipeline -> pipeline.references().stream().anyMatch(names))
                .findFirst();
    }

    private boolean asksModels(Pipeline pipeline) {
        return pipeline.preparations().stream().anyMatch(statement -> ModelStatement.of(app, pipeline, statement)
                .isPresent());
    }

    private String prepared(Pipeline pipeline, Statement statement) {
        return ModelStatement.of(app, pipeline, statement)
                .map(model -> model.complete(gateway))
                .or(() -> DorisTable.of(statement).map(table -> table.complete(warehouse)))
                .orElseGet(() ->
                        statement.text().replace(GATEWAY, gateway).replace(WAREHOUSE, warehouse.replace("'", "''")));
    }

    /** The markers that come into the lake together with the tables that the pipeline reads there. */
    private Optional<String> markersOfTheLake(Pipeline pipeline) {
        String before = paths.intoLakeBefore(pipeline).stream()
                .map(other -> literal(other.name()))
                .collect(Collectors.joining(", "));
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of("SELECT " + literal(pipeline.name()) + ", `source`, `value`, `written_at` FROM "
                        + Markers.LAKE_TABLE + " /*+ OPTIONS('scan.remove-normalize' = 'true') */ WHERE `pipeline` IN ("
                        + before + ")");
    }

    private String markerTable(String name, Source.Cdc source, String consumerGroup) {
        return "CREATE TABLE " + name + " (`value` BIGINT, `written_at` TIMESTAMP_LTZ(6),\n" + GUARD_COLUMNS
                + ") WITH ("
                + kafkaOptions(Markers.topic(source), consumerGroup)
                + "'format' = 'guarded', 'guarded.by' = 'debezium-json', 'guarded.required' = 'value')";
    }

    private String kafkaOptions(String topic, String consumerGroup) {
        return """
                'connector' = 'kafka',
                'topic' = %s,
                'properties.bootstrap.servers' = %s,
                'properties.group.id' = %s,
                'properties.isolation.level' = 'read_committed',
                'properties.auto.offset.reset' = 'earliest',
                'properties.fetch.max.wait.ms' = '2000',
                'scan.startup.mode' = 'group-offsets',
                """.formatted(literal(topic), literal(kafka), literal(consumerGroup));
    }

    /** A table over the topic with everything it holds, and the view of the good rows that the author sees. */
    private List<String> sourceTable(TableReference source, String consumerGroup) {
        TableDefinition table = app.table(source.database(), source.table()).orElseThrow();
        boolean captured = source.catalog().equals("cdc");
        List<Column> columns = table.columns().stream()
                .filter(column -> !captured || !column.name().startsWith("_source_"))
                .toList();
        String required = columns.stream()
                .filter(column -> !column.nullable())
                .map(Column::name)
                .collect(Collectors.joining(","));
        String physical = columns.stream()
                .map(column -> "  " + identifier(column.name()) + " " + column.type() + ",\n")
                .collect(Collectors.joining());
        String metadata = captured ? """
                  `_source` MAP<STRING, STRING> METADATA FROM 'value.source.properties' VIRTUAL,
                  `_source_ts` TIMESTAMP_LTZ(3) METADATA FROM 'value.source.timestamp' VIRTUAL,
                """ : "";
        String create = "CREATE TABLE " + all(source) + " (\n" + physical + metadata
                + GUARD_COLUMNS + ") WITH ("
                + kafkaOptions(topic(source), consumerGroup)
                + "'format' = 'guarded', 'guarded.by' = '" + (captured ? "debezium-json" : "json")
                + "', 'guarded.required' = " + literal(required) + ")";
        String select = table.columns().stream()
                .map(column -> captured && column.name().equals("_source_lsn")
                        ? "CAST(`_source`['lsn'] AS BIGINT) AS `_source_lsn`"
                        : identifier(column.name()))
                .collect(Collectors.joining(", "));
        String view = "CREATE VIEW " + name(source.catalog(), source.database(), source.table()) + " AS SELECT "
                + select + " FROM " + all(source) + " WHERE `_error` IS NULL";
        return List.of(create, view);
    }

    private static String deadLetters(String source, String topic, String table) {
        return "SELECT " + literal(source) + ", " + literal(topic)
                + ", `_partition`, `_offset`, `_raw`, `_error`, `_seen_at` FROM " + table
                + " WHERE `_error` IS NOT NULL";
    }

    private String topic(TableReference source) {
        if (source.catalog().equals("cdc")) {
            return app.capturedTable(source.database(), source.table())
                    .orElseThrow()
                    .topic();
        }
        return app.topics().stream()
                .filter(topic -> topic.name().equals(source.table()))
                .findFirst()
                .orElseThrow()
                .topic();
    }

    private static String all(TableReference source) {
        return name(source.catalog(), source.database(), source.table() + "$all");
    }

    private static String name(String catalog, String database, String table) {
        return identifier(catalog) + "." + identifier(database) + "." + identifier(table);
    }

    private static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
