package io.millrace.launcher.platform;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import io.millrace.launcher.supervise.ProgramSpec;
import io.millrace.launcher.supervise.ProgramSpec.Health;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of a platform without Docker: what each is started with. */
final class Programs {
    private static final List<String> FLINK_OPENS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED");

    private final App app;
    private final Installation installation;
    private final DataFolder data;
    private final Ports ports;
    private final Secrets secrets;
    private final Databases databases;

    Programs(App app, Installation installation, DataFolder data, Ports ports, Secrets secrets) {
        this.app = app;
        this.installation = installation;
        this.data = data;
        this.ports = ports;
        this.secrets = secrets;
        this.databases = new Databases(ports, secrets);
    }

    /** The database of the app whose rows the platform seeds and therefore runs; at most one. */
    Optional<Source.Cdc> ownDatabase() {
        return app.databases().stream()
                .filter(source -> source.seed().isPresent())
                .findFirst();
    }

    ProgramSpec sourceDb(Source.Cdc source) {
        return program(
                "source-db",
                "io.millrace.sourcedb.SourceDb",
                List.of("-Xmx32m"),
                Map.of(
                        "port",
                        ports.sourceDb(),
                        "database",
                        source.name(),
                        "dataDirectory",
                        text(data.of("source-db"))),
                Map.of("MILLRACE_SOURCE_DB_PASSWORD", secrets.value(Secrets.variable(source.name(), "PASSWORD"))),
                ports.sourceDb(),
                () -> {
                    try (Connection connection = databases.source(source.name())) {
                        return connection.isValid(2);
                    }
                },
                60);
    }

    ProgramSpec eventLog() {
        Map<String, String> environment = new java.util.LinkedHashMap<>();
        ownDatabase().ifPresent(source -> {
            environment.put(Secrets.variable(source.name(), "HOST"), "127.0.0.1");
            environment.put(Secrets.variable(source.name(), "PORT"), String.valueOf(ports.sourceDb()));
            environment.put(Secrets.variable(source.name(), "USER"), Databases.SOURCE_USER);
            environment.put(Secrets.variable(source.name(), "DATABASE"), source.name());
        });
        app.secrets().forEach(name -> environment.put(name, secrets.value(name)));
        return program(
                "event-log",
                "io.millrace.eventlog.EventLog",
                List.of("-Xmx320m", "-XX:TieredStopAtLevel=1"),
                Map.of(
                        "port", ports.kafka(),
                        "controllerPort", ports.kafkaController(),
                        "connectPort", ports.connect(),
                        "dataDirectory", text(data.of("event-log"))),
                environment,
                ports.kafka(),
                http(ports.connect(), "/connectors"),
                90);
    }

    ProgramSpec compute() {
        List<String> options = new ArrayList<>(List.of("-Xmx768m", "-XX:MaxMetaspaceSize=512m"));
        options.addAll(FLINK_OPENS);
        return program(
                "compute",
                "io.millrace.compute.Compute",
                options,
                Map.of("port", ports.flink(), "dataDirectory", text(data.of("compute"))),
                Map.of(),
                ports.flink(),
                http(ports.flink(), "/overview"),
                90);
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
                () -> {
                    try (Connection connection = databases.lake()) {
                        return connection.isValid(2);
                    }
                },
                60);
    }

    ProgramSpec servingApi() {
        return program(
                "serving-api",
                "io.millrace.api.ServingApi",
                List.of("-Xmx128m"),
                Map.of(
                        "port", ports.servingApi(),
                        "app", text(app.folder()),
                        "sqlUrl", databases.sqlUrl(),
                        "sqlUser", Databases.SQL_USER),
                Map.of("MILLRACE_SERVING_API_SQL_PASSWORD", secrets.sqlPassword()),
                ports.servingApi(),
                http(ports.servingApi(), "/health"),
                60);
    }

    ProgramSpec traffic(Source.Cdc source, double actionsPerSecond) {
        return program(
                "traffic",
                "io.millrace.demo.Traffic",
                List.of("-Xmx48m", "-XX:TieredStopAtLevel=1"),
                Map.of(
                        "folder",
                        text(app.folder().resolve(source.seed().orElseThrow()).resolve("traffic")),
                        "database",
                        databases.sourceUrl(source.name()),
                        "user",
                        Databases.SOURCE_USER,
                        "kafka",
                        "127.0.0.1:" + ports.kafka(),
                        "actionsPerSecond",
                        actionsPerSecond),
                Map.of("MILLRACE_TRAFFIC_PASSWORD", secrets.value(Secrets.variable(source.name(), "PASSWORD"))),
                0,
                () -> true,
                30);
    }

    private ProgramSpec program(
            String name,
            String mainClass,
            List<String> options,
            Map<String, Object> settings,
            Map<String, String> environment,
            int port,
            Health health,
            int startLimitSeconds) {
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
                startLimitSeconds);
    }

    private static Health http(int port, String path) {
        return () -> {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(2000);
            try {
                return connection.getResponseCode() == 200;
            } catch (IOException e) {
                return false;
            } finally {
                connection.disconnect();
            }
        };
    }

    private static String text(Path path) {
        return path.toString();
    }
}
