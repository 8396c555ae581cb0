package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.layout.Ports;

/** What a user sees when the platform is up. */
final class Welcome {
    private Welcome() {}

    static String text(App app, Ports ports, DataFolder data) {
        String table = app.firstTable().orElse("ops.dead_letters");
        return """

                Millrace is up with app %s.
                  API            http://127.0.0.1:%d          (endpoints: /openapi.json)
                  SQL            mysql://%s@127.0.0.1:%d   (password: see %s)
                  Flink          http://127.0.0.1:%d
                  Kafka          127.0.0.1:%d
                  Kafka Connect  http://127.0.0.1:%d
                  PostgreSQL     postgresql://%s@127.0.0.1:%d
                  data, logs     %s

                Try: ./millrace sql -e 'SELECT * FROM lake.%s LIMIT 5'
                """.formatted(
                        app.name(),
                        ports.servingApi(),
                        Databases.SQL_USER,
                        ports.lakeSql(),
                        data.secretsFile().getFileName(),
                        ports.flink(),
                        ports.kafka(),
                        ports.connect(),
                        Databases.SOURCE_USER,
                        ports.sourceDb(),
                        data.root(),
                        table);
    }
}
