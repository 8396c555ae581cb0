package io.millrace.app;

import io.millrace.app.doris.DorisFile;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Doris must be able to read what it is asked to: it fails on a whole table that has one BLOB or VECTOR column. */
final class DorisCheck {
    private static final List<String> BLOB_OPTIONS = List.of("blob-field", "blob-descriptor-field", "blob-view-field");
    private static final List<String> VECTOR_OPTIONS = List.of("vector-field");

    private final App app;
    private final Map<String, String> readers = new LinkedHashMap<>();

    /** @param endpoints the queries of the app's endpoints, which Doris answers in the full stack */
    DorisCheck(App app, List<SqlFile> endpoints) {
        this.app = app;
        for (DorisFile file : app.doris().files()) {
            file.references().forEach(reference -> read(file.file(), reference));
        }
        for (SqlFile endpoint : endpoints) {
            for (Statement statement : endpoint.statements()) {
                statement.references(List.of("lake")).forEach(reference -> read(endpoint.file(), reference));
            }
        }
    }

    private void read(String file, TableReference reference) {
        readers.putIfAbsent(reference.database() + "." + reference.table(), file + ":" + reference.line());
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (TableDefinition table : app.tables()) {
            String reader = readers.get(table.qualifiedName());
            if (reader != null) {
                table.columns().forEach(column -> column(table, column, reader, problems));
            }
        }
        return problems;
    }

    private static void column(TableDefinition table, Column column, String reader, List<Problem> problems) {
        String type = column.type().toUpperCase(Locale.ROOT);
        boolean blob = type.startsWith("BLOB")
                || column.comment().startsWith("__BLOB")
                || isNamed(table, column, BLOB_OPTIONS);
        boolean vector = type.startsWith("VECTOR")
                || column.comment().startsWith("__VECTOR")
                || isNamed(table, column, VECTOR_OPTIONS);
        if (blob || vector) {
            problems.add(new Problem(
                    table.file(),
                    column.line() > 0 ? column.line() : table.line(),
                    "column " + column.name() + " is a " + (blob ? "BLOB" : "VECTOR") + ", and Doris, which reads "
                            + table.qualifiedName() + " in " + reader + ", can read no table with one: "
                            + (blob
                                    ? "move it to a companion table with the same key"
                                    : "make it ARRAY<FLOAT> and remove the option")));
        }
    }

    private static boolean isNamed(TableDefinition table, Column column, List<String> options) {
        return options.stream()
                .flatMap(option ->
                        Stream.of(table.options().getOrDefault(option, "").split(",")))
                .anyMatch(name -> name.strip().equals(column.name()));
    }
}
