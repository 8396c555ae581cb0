package io.millrace.sql.guard;

import io.millrace.service.Nearest;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The functions a query may call: those of {@code allowed-functions.txt} and our own macros. */
public final class AllowedFunctions {
    private final Set<String> scalars = new HashSet<>();
    private final Set<String> tableFunctions = new HashSet<>();
    private final Set<String> macros;
    private final Set<String> knownToDuckDb;

    /**
     * @param macros names of the functions in our own schema, in lower case
     * @param knownToDuckDb all names DuckDB has a function for: tells "not allowed" from "unknown"
     */
    public AllowedFunctions(Set<String> macros, Set<String> knownToDuckDb) {
        this.macros = Set.copyOf(macros);
        this.knownToDuckDb = Set.copyOf(knownToDuckDb);
        Set<String> section = scalars;
        for (String line : read().lines().map(String::strip).toList()) {
            if (line.equals("[table functions]")) {
                section = tableFunctions;
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                section.addAll(Set.of(line.split("\\s+")));
            }
        }
    }

    private static String read() {
        try (InputStream in = AllowedFunctions.class.getResourceAsStream("allowed-functions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("allowed-functions.txt in the jar cannot be read", e);
        }
    }

    boolean isMacro(String name) {
        return macros.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @throws SqlFailure 1227 when DuckDB has the function and we do not let it through, 1305 when nobody has it */
    void check(String name) {
        if (!isMacro(name) && !scalars.contains(name.toLowerCase(Locale.ROOT))) {
            throw refusal(name);
        }
    }

    /** @throws SqlFailure as {@link #check} */
    void checkTableFunction(String name) {
        if (!tableFunctions.contains(name.toLowerCase(Locale.ROOT))) {
            throw refusal(name);
        }
    }

    private SqlFailure refusal(String name) {
        if (knownToDuckDb.contains(name.toLowerCase(Locale.ROOT))) {
            return new SqlFailure(
                    SqlError.NOT_ALLOWED, "function " + name + " is not allowed here: only functions on values are");
        }
        Set<String> all = new TreeSet<>(scalars);
        all.addAll(macros);
        return new SqlFailure(
                SqlError.UNKNOWN_FUNCTION,
                "function " + name + " does not exist"
                        + Nearest.to(name, all)
                                .map(nearest -> " — did you mean '" + nearest + "'?")
                                .orElse(": see DIALECT.md for what there is"));
    }
}
