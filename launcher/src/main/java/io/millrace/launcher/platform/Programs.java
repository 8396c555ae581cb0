package io.millrace.launcher.platform;

import io.millrace.app.AgentCompiler;
import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.hot.HotConnection;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.supervise.ProgramSpec;
import io.millrace.launcher.supervise.ProgramSpec.Health;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs of a platform without Docker: what each is started with. */
final class Programs {
    private static final List<String> FLINK_OPENS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    /** Java's first compiler alone, for programs in which the second does not pay (decision 015). */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** The processor goes first to who answers somebody (0), then to what carries data, then to what works on it. */
    private static final int CARRIES = 5;

    private static final int MODELS = 10;
    private static final int FILES = 15;

    private final App app;
    private final Installation installation;
    private final DataFolder data;
    private final Ports ports;
    private final Secrets secrets;
    private final Services services;

    Programs(App app, Installation installation, DataFolder data, Ports ports, Secrets secrets, Services services) {
        this.app = app;
        this.installation = installation;
        this.data = data;
        this.ports = ports;
        this.secrets = secrets;
        this.services = services;
    }

    ProgramSpec sourceDb() {
        return program(
                "source-db",
                "io.millrace.sourcedb.SourceDb",
                List.of("-Xmx32m"),
                Map.of(
                        "port",
                        ports.sourceDb(),
                        "databases",
                        hosted().map(Source.Cdc::name).toList(),
                        "dataDirectory",
                        text(data.of("source-db"))),
                Map.of("MILLRACE_SOURCE_DB_PASSWORD", secrets.postgresPassword()),
                ports.sourceDb(),
                pid -> {
                    // A server that a killed program left behind answers too, until the next program ends it.
                    try (Connection connection = services.databases().connectToSource(App.LEDGER);
                            Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("SHOW cluster_name")) {
                        return row.next() && row.getString(1).equals("source-db " + pid);
                    }
                },
                60,
                0);
    }

    private Stream<Source.Cdc> hosted() {
        return app.databases().stream().filter(Source.Cdc::hosted);
    }

    ProgramSpec eventLog() {
        Map<String, String> environment = new LinkedHashMap<>();
        hosted().forEach(source -> {
            environment.put(Secrets.variable(source.name(), "HOST"), "127.0.0.1");
            environment.put(Secrets.variable(source.name(), "PORT"), String.valueOf(ports.sourceDb()));
            environment.put(Secrets.variable(source.name(), "USER"), Databases.SOURCE_USER);
            environment.put(Secrets.variable(source.name(), "DATABASE"), source.name());
            environment.put(Secrets.variable(source.name(), "PASSWORD"), secrets.postgresPassword());
        });
        app.secrets().forEach(name -> environment.put(name, secrets.value(name)));
        return program(
                "event-log",
                "io.millrace.eventlog.EventLog",
                List.of("-Xmx320m", QUICK),
                Map.of(
                        "port", ports.kafka(),
                        "controllerPort", ports.kafkaController(),
                        "connectPort", ports.connect(),
                        "dataDirectory", text(data.of("event-log"))),
                environment,
                ports.kafka(),
                HttpProbe.of(ports.connect(), "/connectors"),
                90,
                CARRIES);
    }

    ProgramSpec compute() {
        List<String> options = new ArrayList<>(
                List.of("-Xmx768m", "-XX:MaxMetaspaceSize=512m", QUICK, "-XX:ReservedCodeCacheSize=128m"));
        options.addAll(FLINK_OPENS);
        return program(
                "compute",
                "io.millrace.compute.Compute",
                options,
                Map.of("port", ports.flink(), "dataDirectory", text(data.of("compute"))),
                Map.of(AgentCompiler.SQL_PASSWORD, secrets.sqlPassword()),
                ports.flink(),
                HttpProbe.of(ports.flink(), "/overview"),
                90,
                CARRIES);
    }

    ProgramSpec hotStore() {
        List<String> options = new ArrayList<>(List.of("-Xmx160m", QUICK, "-XX:MaxDirectMemorySize=128m"));
        options.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        return program(
                "hot-store",
                "io.millrace.hotstore.HotStore",
                options,
                Map.of(
                        "port", ports.hotStore(),
                        "tabletPort", ports.hotStoreTablets(),
                        "zookeeperPort", ports.hotStoreZookeeper(),
                        "dataDirectory", text(data.of("hot-store")),
                        "warehouse", data.warehouse()),
                Map.of(),
                ports.hotStore(),
                pid -> HotConnection.listens(services.hotStore()),
                60,
                0);
    }

    ProgramSpec lakeSql() {
        return program(
                "lake-sql",
                "io.millrace.sql.LakeSql",
                List.of("-Xmx256m"),
                Map.of(
                        "port", ports.lakeSql(),
                        "user", Databases.SQL_USER,
                        "warehouse", data.warehouse(),
                        "tempDirectory", text(data.temporary("lake-sql"))),
                Map.of("MILLRACE_LAKE_SQL_PASSWORD", secrets.sqlPassword()),
                ports.lakeSql(),
                pid -> {
                    try (Connection connection = services.databases().connectToLake()) {
                        return connection.isValid(2);
                    }
                },
                60,
                0);
    }

    /** Before files: a ticket waits for an answer. */
    ProgramSpec localModels() {
        return program(
                "local-models",
                "io.millrace.models.LocalModels",
                List.of("-Xmx192m", QUICK),
                Map.of("port", ports.localModels(), "chatModel", text(installation.chatModel())),
                Map.of(),
                ports.localModels(),
                HttpProbe.of(ports.localModels(), "/health"),
                90,
                MODELS);
    }

    ProgramSpec gateway() {
        Map<String, Object> models = new LinkedHashMap<>();
        Map<String, String> environment = new LinkedHashMap<>();
        app.models().forEach(model -> {
            models.put(model.alias(), model.settings("http://127.0.0.1:" + ports.localModels() + "/v1"));
            model.keyVariable().ifPresent(name -> environment.put(name, secrets.value(name)));
        });
        environment.put("MILLRACE_INFERENCE_GATEWAY_LEDGER_PASSWORD", secrets.postgresPassword());
        return program(
                "inference-gateway",
                "io.millrace.gateway.InferenceGateway",
                List.of("-Xmx160m"),
                Map.of(
                        "port",
                        ports.gateway(),
                        "ledgerUrl",
                        services.databases().source(App.LEDGER).url(),
                        "ledgerUser",
                        Databases.SOURCE_USER,
                        "models",
                        models),
                environment,
                ports.gateway(),
                HttpProbe.of(ports.gateway(), "/ready"),
                60,
                0);
    }

    /** It reads files nobody vouches for, so it may end itself over one at any time. */
    ProgramSpec documentReader() {
        return program(
                "document-reader",
                "io.millrace.reader.DocumentReader",
                // It collects when it is idle, and then gives back at once what it does not need: a heap never shrinks
                // below the one it began with.
                List.of(
                        "-Xms48m",
                        "-Xmx256m",
                        "-XX:MinHeapFreeRatio=10",
                        "-XX:MaxHeapFreeRatio=25",
                        "-XX:-ShrinkHeapInSteps"),
                Map.of("port", ports.documentReader(), "workFolder", text(data.of("document-reader"))),
                Map.of(),
                ports.documentReader(),
                HttpProbe.of(ports.documentReader(), "/health"),
                60,
                FILES);
    }

    ProgramSpec servingApi() {
        return program(
                "serving-api",
                "io.millrace.api.ServingApi",
                // Room for what a moment needs, in the survivor spaces: else it ends among the old, and a collection of
                // those stops all requests for 100 ms.
                List.of("-Xmx208m", "-Xmn96m", "-XX:SurvivorRatio=4", "--add-opens=java.base/java.nio=ALL-UNNAMED"),
                Map.of(
                        "hotStore", app.hotTables().isEmpty() ? "" : services.hotStore(),
                        "port", ports.servingApi(),
                        "app", text(app.folder()),
                        "sqlUrl", services.databases().lake().url(),
                        "sqlUser", Databases.SQL_USER,
                        "warehouse", data.warehouse(),
                        "dataDirectory", text(data.of("serving-api")),
                        "gatewayUrl", services.gatewayApi()),
                Map.of("MILLRACE_SERVING_API_SQL_PASSWORD", secrets.sqlPassword()),
                ports.servingApi(),
                HttpProbe.of(ports.servingApi(), "/health"),
                60,
                0);
    }

    ProgramSpec traffic(Source.Cdc source, double actionsPerSecond) {
        return program(
                "traffic",
                "io.millrace.demo.Traffic",
                List.of("-Xmx48m", QUICK),
                Map.of(
                        "folder",
                        text(app.folder().resolve(source.seed().orElseThrow()).resolve("traffic")),
                        "database",
                        services.databases().source(source.name()).url(),
                        "user",
                        Databases.SOURCE_USER,
                        "kafka",
                        services.kafka(),
                        "actionsPerSecond",
                        actionsPerSecond),
                Map.of("MILLRACE_TRAFFIC_PASSWORD", secrets.postgresPassword()),
                0,
                pid -> true,
                30,
                CARRIES);
    }

    private ProgramSpec program(
            String name,
            String mainClass,
            List<String> options,
            Map<String, Object> settings,
            Map<String, String> environment,
            int port,
            Health health,
            int startLimitSeconds,
            int niceness) {
        return new ProgramSpec(
                name,
                mainClass,
                installation.classPath(name.equals("traffic") ? "demo" : name),
                options,
                settings,
                environment,
                data.of(name),
                port,
                health,
                startLimitSeconds,
                niceness);
    }

    private static String text(Path path) {
        return path.toString();
    }
}
