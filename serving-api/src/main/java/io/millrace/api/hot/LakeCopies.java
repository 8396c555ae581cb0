package io.millrace.api.hot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Lookup;
import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of hot tables from their copies in the lake, for the time in which the hot store is away. */
final class LakeCopies {
    private static final String AS_OF = "_as_of";

    private final List<TableDefinition> tiered;
    private final Lookup sql;

    /** @param hotTables of which those with a key that are carried into the lake have a copy there */
    LakeCopies(List<TableDefinition> hotTables, Lookup sql) {
        this.tiered = hotTables.stream()
                .filter(table -> App.isTiered(table) && !table.primaryKey().isEmpty())
                .toList();
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
     * @throws ProblemException when it is no key of the table, or the lake does not answer either
     */
    Optional<Copy> row(String table, String key) {
        TableDefinition definition = definition(table).orElseThrow();
        List<String> columns = definition.primaryKey();
        List<String> parts = columns.size() == 1 ? List.of(key) : List.of(key.split(",", -1));
        if (parts.size() != columns.size()) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "key '" + key + "' of table " + definition.qualifiedName() + ": give its columns " + columns
                            + " in this order, separated by commas");
        }
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
        if (!type.contains("INT")) {
            return text;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "' is no " + type + ", which "
                            + table.qualifiedName() + "." + column + " is");
        }
    }
}
