package io.millrace.api.hot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Lookup;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.KeyException;
import io.millrace.hot.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of hot tables from their copies in the lake, for the time in which the hot store is away. */
final class LakeCopies {
    private static final String AS_OF = "_as_of";

    private final List<TableDefinition> tiered;
    private final Lookup sql;

    /** @param tiered the hot tables that are carried into the lake; those with a key are looked up there */
    LakeCopies(List<TableDefinition> tiered, Lookup sql) {
        this.tiered =
                tiered.stream().filter(table -> !table.primaryKey().isEmpty()).toList();
        this.sql = sql;
    }

    /**
     * A row as the lake has it.
     *
     * @param asOf when the newest change was made that the copy has, an ISO 8601 instant
     */
    record Copy(ObjectNode row, String asOf) {}

    boolean has(String table) {
        return definition(table).isPresent();
    }

    /**
     * @param key as in a lookup: the columns of a composite one separated by commas
     * @return empty when the copy has no such row
     * @throws KeyException when it is no key of the table
     * @throws ProblemException when the lake does not answer either
     */
    Optional<Copy> row(String table, String key) {
        TableDefinition definition = definition(table).orElseThrow();
        List<String> columns = definition.primaryKey();
        List<String> parts = KeyText.parts(definition.qualifiedName(), columns, key);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            values.add(value(definition, columns.get(i), parts.get(i)));
        }
        String from = "lake." + definition.qualifiedName();
        ArrayNode rows = sql.rows(
                "SELECT t.*, (SELECT max(`__timestamp`) FROM " + from + ") AS " + AS_OF + " FROM " + from
                        + " AS t WHERE "
                        + columns.stream()
                                .map(column -> "t.`" + column + "` = ?")
                                .collect(Collectors.joining(" AND ")),
                values.toArray());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode row = (ObjectNode) rows.get(0);
        String asOf = row.path(AS_OF).asText();
        row.remove(List.of(AS_OF, "__bucket", "__offset", "__timestamp"));
        return Optional.of(new Copy(row, asOf));
    }

    private Optional<TableDefinition> definition(String table) {
        return tiered.stream()
                .filter(definition -> definition.name().equals(table))
                .findFirst();
    }

    private static Object value(TableDefinition table, String column, String text) {
        String type = table.column(column).orElseThrow().type();
        KeyText.requireValue(table.qualifiedName() + "." + column, type, text);
        return type.contains("INT") ? Long.parseLong(text) : text;
    }
}
