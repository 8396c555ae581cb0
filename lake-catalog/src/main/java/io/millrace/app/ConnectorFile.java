package io.millrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A Kafka Connect connector's configuration, as its REST API takes it. */
final class ConnectorFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectorFile() {}

    static Source.Cdc parse(
            String name, String database, boolean hosted, String file, String text, Optional<String> seed) {
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
        for (String qualified : required(connector, file, "table.include.list").split(",")) {
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
        return new Source.Cdc(name, database, hosted, Map.copyOf(connector), List.copyOf(tables), seed);
    }

    private static String required(Map<String, String> connector, String file, String key) {
        String value = connector.get(key);
        if (value == null || value.isBlank()) {
            throw new AppException(file, 0, "key '" + key + "' is missing");
        }
        return value;
    }
}
