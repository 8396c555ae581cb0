package io.millrace.app;

import io.millrace.app.search.SearchIndex;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What must hold between {@code search:} and the tables it names. */
final class SearchCheck {
    private static final List<String> TEXTS = List.of("STRING", "VARCHAR", "CHAR");
    private static final List<String> NO_SCALARS = List.of(
            "ARRAY", "MAP", "MULTISET", "ROW", "RAW", "BYTES", "BINARY", "VARBINARY", "BLOB", "VECTOR", "VARIANT");

    private final App app;
    private final YamlMap search;
    private final List<Problem> problems = new ArrayList<>();

    /** @param search the section as written, which knows where each key stands */
    SearchCheck(App app, YamlMap search) {
        this.app = app;
        this.search = search;
    }

    List<Problem> problems() {
        app.search().forEach(index -> index(index, search.map(index.name())));
        return problems;
    }

    private void index(SearchIndex index, YamlMap yaml) {
        Optional<TableDefinition> found = app.tables().stream()
                .filter(table -> table.qualifiedName().equals(index.table()))
                .findFirst();
        if (found.isEmpty()) {
            List<String> known = app.tables().stream()
                    .map(table -> "lake." + table.qualifiedName())
                    .toList();
            add(
                    yaml,
                    "table",
                    "table lake." + index.table() + " does not exist" + Nearest.hint("lake." + index.table(), known));
            return;
        }
        TableDefinition table = found.get();
        if (table.options().getOrDefault("changelog-producer", "none").equals("none")) {
            add(
                    yaml,
                    "table",
                    "table lake." + table.qualifiedName()
                            + " has no changelog, which tells what to index anew: add 'changelog-producer' = 'lookup' in "
                            + table.file());
        }
        if (column(yaml, "key", table, index.key()).isPresent()
                && !table.primaryKey().contains(index.key())) {
            add(
                    yaml,
                    "key",
                    "key '" + index.key() + "' is not in the primary key of lake." + table.qualifiedName()
                            + ", which is " + table.primaryKey());
        }
        text(yaml, "title", table, index.title());
        index.text().forEach(name -> text(yaml, "text", table, name));
        for (String name : index.filters()) {
            column(yaml, "filters", table, name)
                    .filter(column -> is(column, NO_SCALARS))
                    .ifPresent(column -> add(
                            yaml,
                            "filters",
                            "filter '" + name + "' is " + column.type()
                                    + ": filters compare one value, name a column that holds one"));
        }
    }

    private void text(YamlMap yaml, String key, TableDefinition table, String name) {
        column(yaml, key, table, name)
                .filter(column -> !is(column, TEXTS))
                .ifPresent(column -> add(
                        yaml,
                        key,
                        key + " '" + name + "' is " + column.type() + ": name a STRING column, or make it a filter"));
    }

    private Optional<Column> column(YamlMap yaml, String key, TableDefinition table, String name) {
        Optional<Column> column = table.column(name);
        if (column.isEmpty()) {
            List<String> known = table.columns().stream().map(Column::name).toList();
            add(
                    yaml,
                    key,
                    key + " names '" + name + "', no column of lake." + table.qualifiedName()
                            + Nearest.hint(name, known));
        }
        return column;
    }

    private static boolean is(Column column, List<String> types) {
        String type = column.type().toUpperCase(Locale.ROOT).replaceFirst("[^A-Z].*$", "");
        return types.contains(type);
    }

    private void add(YamlMap yaml, String key, String message) {
        problems.addAll(yaml.error(yaml.line(key), message).problems());
    }
}
