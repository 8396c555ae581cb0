package io.millrace.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an app's data comes from. */
public sealed interface Source {
    String name();

    /**
     * A database whose changes Debezium captures.
     *
     * @param database database in the lake where its tables are
     * @param hosted whether the platform runs the database itself
     * @param connector Kafka Connect configuration, {@code ${env:…}} unresolved
     * @param tables captured tables by their name in the lake, each with its topic; in file order
     * @param seed folder of the demo's rows and traffic, relative to the app, if there is one
     */
    record Cdc(
            String name,
            String database,
            boolean hosted,
            Map<String, String> connector,
            List<CapturedTable> tables,
            Optional<String> seed)
            implements Source {
        public Optional<CapturedTable> table(String table) {
            return tables.stream()
                    .filter(captured -> captured.name().equals(table))
                    .findFirst();
        }
    }

    /**
     * A captured table.
     *
     * @param name its name in the lake
     * @param schema schema in the source database
     * @param topic topic of its changes
     */
    record CapturedTable(String name, String schema, String topic) {}

    /**
     * A topic of events.
     *
     * @param format {@code json} only, for now
     */
    record Events(String name, String topic, String format) implements Source {}

    /**
     * A folder of files.
     *
     * @param folder with a slash at its end; relative to the platform's data folder, or a URI
     */
    record Folder(String name, String folder) implements Source {}
}
