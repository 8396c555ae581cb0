package io.millrace.sql.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Walks a query's syntax tree: refuses every node, function and table function that is not on a list, and replaces
 * every table by the query that reads it. What is not known is refused.
 */
public final class Guard {
    private static final Set<String> EXPRESSIONS = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "FUNCTION",
            "LAMBDA",
            "LAMBDA_REF",
            "OPERATOR",
            "PARAMETER",
            "STAR",
            "SUBQUERY",
            "TYPE",
            "WINDOW");

    private static final Set<String> QUERIES =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    private static final Set<String> LABELLED = Set.of("COLUMN_REF", "STAR");

    private final AllowedFunctions functions;
    private final Relations relations;
    private final List<List<String>> tables = new ArrayList<>();

    private Guard(AllowedFunctions functions, Relations relations) {
        this.functions = functions;
        this.relations = relations;
    }

    /**
     * Checks and completes the tree in place.
     *
     * @param labels names for the outermost columns that have none; ignored unless there is one a column
     * @throws SqlFailure when the query holds something that is not allowed, or names what does not exist
     */
    public static void apply(SyntaxTree tree, List<String> labels, AllowedFunctions functions, Relations relations) {
        Guard guard = new Guard(functions, relations);
        label(tree.query(), labels);
        guard.visit(tree.query(), Set.of());
        guard.shortenColumns(tree.query());
    }

    private static void label(JsonNode query, List<String> labels) {
        JsonNode node = query;
        while (node.path("type").asText().equals("SET_OPERATION_NODE")) {
            node = node.has("left") ? node.path("left") : node.path("children").path(0);
        }
        JsonNode items = node.path("select_list");
        for (int i = 0; i < items.size() && items.size() == labels.size(); i++) {
            ObjectNode item = (ObjectNode) items.get(i);
            if (item.path("alias").asText().isEmpty()
                    && !LABELLED.contains(item.path("class").asText())) {
                item.put("alias", labels.get(i));
            }
        }
    }

    private void visit(JsonNode node, Set<String> commonTables) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i), commonTables));
            }
        } else if (node instanceof ObjectNode object) {
            Set<String> visible = object.has("cte_map") ? commonTables(object, commonTables) : commonTables;
            check(object);
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                if (!field.getKey().equals("cte_map")) {
                    object.set(field.getKey(), replaced(field.getValue(), visible));
                }
            }
        }
    }

    private JsonNode replaced(JsonNode node, Set<String> commonTables) {
        if (isTable(node) && node.path("type").asText().equals("BASE_TABLE")) {
            return table((ObjectNode) node, commonTables);
        }
        visit(node, commonTables);
        return node;
    }

    /** The names of WITH: each is seen by those after it and by the query, a recursive one by itself too. */
    private Set<String> commonTables(ObjectNode query, Set<String> outer) {
        Set<String> visible = new HashSet<>(outer);
        for (JsonNode entry : query.path("cte_map").path("map")) {
            String name = entry.path("key").asText().toLowerCase(Locale.ROOT);
            JsonNode body = entry.path("value").path("query_node");
            if (body.path("type").asText().equals("RECURSIVE_CTE_NODE")) {
                visible.add(name);
            }
            visit(entry.path("value"), Set.copyOf(visible));
            visible.add(name);
        }
        return visible;
    }

    private static boolean isTable(JsonNode node) {
        return node.isObject() && !node.has("class") && node.has("alias") && node.has("sample");
    }

    private void check(ObjectNode node) {
        String type = node.path("type").asText();
        if (node.has("class")) {
            allow(EXPRESSIONS, node.path("class").asText());
            if (node.has("function_name")) {
                function(node);
            }
        } else if (isTable(node)) {
            switch (type) {
                case "EMPTY", "EXPRESSION_LIST", "JOIN", "SUBQUERY" -> {}
                case "TABLE_FUNCTION" -> {
                    JsonNode function = node.path("function");
                    functions.checkTableFunction(function.path("function_name").asText());
                    requirePlainName(function);
                }
                default -> throw notAllowed(type);
            }
        } else if (type.endsWith("_NODE")) {
            allow(QUERIES, type);
        } else if (node.has("function_name")) {
            throw notAllowed("function " + node.path("function_name").asText());
        }
    }

    private static void allow(Set<String> allowed, String found) {
        if (!allowed.contains(found)) {
            throw notAllowed(found);
        }
    }

    private static SqlFailure notAllowed(String what) {
        return new SqlFailure(
                SqlError.NOT_ALLOWED,
                what.toLowerCase(Locale.ROOT).replace('_', ' ') + " is not allowed here: write it as a plain query");
    }

    private void function(ObjectNode function) {
        String name = function.path("function_name").asText();
        requirePlainName(function);
        functions.check(name);
        if (functions.isMacro(name)) {
            String lower = name.toLowerCase(Locale.ROOT);
            function.put("catalog", "memory").put("schema", "doris").put("function_name", lower);
            function.putObject("qualified_name")
                    .putArray("path")
                    .add("memory")
                    .add("doris")
                    .add(lower);
        }
    }

    /** A function of a schema of its own would not be the one that was checked. */
    private static void requirePlainName(JsonNode function) {
        if (!function.path("schema").asText().isEmpty()
                || !function.path("catalog").asText().isEmpty()
                || function.path("qualified_name").path("path").size() > 1) {
            throw notAllowed("function " + function.path("function_name").asText() + " with a schema");
        }
    }

    private JsonNode table(ObjectNode table, Set<String> commonTables) {
        List<String> path = new ArrayList<>();
        table.path("qualified_name").path("path").forEach(part -> path.add(part.asText()));
        if (path.isEmpty()
                || !path.get(path.size() - 1).equals(table.path("table_name").asText())) {
            throw notAllowed("this table name");
        }
        if (!table.path("at_clause").isNull()) {
            throw new SqlFailure(
                    SqlError.NOT_SUPPORTED, "AT is not supported: tables are read at their latest snapshot");
        }
        String name = path.get(path.size() - 1);
        if (path.size() == 1 && commonTables.contains(name.toLowerCase(Locale.ROOT))) {
            return table;
        }
        tables.add(relations.fullName(path));
        String alias = table.path("alias").asText();
        ObjectNode subquery = JsonNodeFactory.instance.objectNode();
        subquery.put("type", "SUBQUERY").put("alias", alias.isEmpty() ? name : alias);
        subquery.set("sample", table.path("sample"));
        subquery.set("query_location", table.path("query_location"));
        subquery.set("query_location_length", table.path("query_location_length"));
        ObjectNode statement = subquery.putObject("subquery");
        statement.set("node", relations.relation(path));
        statement.putArray("named_param_map");
        subquery.set("column_name_alias", table.path("column_name_alias"));
        return subquery;
    }

    /** {@code shop.orders.id} becomes {@code orders.id}: the table's stand-in has no database. */
    private void shortenColumns(JsonNode node) {
        if (node.path("class").asText().equals("COLUMN_REF")) {
            ArrayNode names = (ArrayNode) node.path("column_names");
            for (List<String> table : tables) {
                int qualifiers = table.size() - 1;
                while (qualifiers > 0
                        && !startsWith(names, table.subList(table.size() - 1 - qualifiers, table.size()))) {
                    qualifiers--;
                }
                for (int i = 0; i < qualifiers; i++) {
                    names.remove(0);
                }
            }
        }
        node.forEach(this::shortenColumns);
    }

    private static boolean startsWith(ArrayNode names, List<String> prefix) {
        boolean matches = names.size() > prefix.size();
        for (int i = 0; matches && i < prefix.size(); i++) {
            matches = names.get(i).asText().equalsIgnoreCase(prefix.get(i));
        }
        return matches;
    }
}
