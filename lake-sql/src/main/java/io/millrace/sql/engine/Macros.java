package io.millrace.sql.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Doris' functions that DuckDB lacks or means differently, from {@code macros.sql}; they live in the schema doris. */
final class Macros {
    private static final Pattern NAME = Pattern.compile("CREATE MACRO doris\\.\"([a-z0-9_]+)\"");

    private final List<String> definitions = new ArrayList<>();
    private final Set<String> names = new TreeSet<>();

    private Macros() {}

    static Macros load() {
        Macros macros = new Macros();
        macros.definitions.add("CREATE SCHEMA doris");
        StringBuilder definition = new StringBuilder();
        for (String line : read().lines().filter(line -> !line.startsWith("--")).toList()) {
            definition.append(line).append('\n');
            if (line.endsWith(";")) {
                macros.add(definition.toString().strip());
                definition.setLength(0);
            }
        }
        return macros;
    }

    private void add(String definition) {
        Matcher name = NAME.matcher(definition);
        if (!name.lookingAt()) {
            throw new IllegalStateException("macros.sql: expected CREATE MACRO doris.\"name\", found: " + definition);
        }
        names.add(name.group(1));
        definitions.add(definition);
    }

    private static String read() {
        try (InputStream in = Macros.class.getResourceAsStream("macros.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("macros.sql in the jar cannot be read", e);
        }
    }

    List<String> definitions() {
        return List.copyOf(definitions);
    }

    Set<String> names() {
        return Set.copyOf(names);
    }
}
