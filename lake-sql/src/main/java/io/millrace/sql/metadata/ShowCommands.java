package io.millrace.sql.metadata;

import io.millrace.sql.dialect.Token;
import io.millrace.sql.engine.EngineStatistics;
import io.millrace.sql.lake.Lake;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SHOW and DESC. */
public final class ShowCommands {
    private final Lake lake;
    private final TableDescriptions descriptions;
    private final Supplier<EngineStatistics> statistics;
    private final Supplier<List<List<@Nullable Object>>> processes;

    /** @param processes id, user, database, command, seconds and statement of each session */
    public ShowCommands(
            Lake lake, Supplier<EngineStatistics> statistics, Supplier<List<List<@Nullable Object>>> processes) {
        this.lake = lake;
        this.descriptions = new TableDescriptions(lake);
        this.statistics = statistics;
        this.processes = processes;
    }

    /**
     * The answer to a SHOW up to its WHERE, which the session applies.
     *
     * @param database the one in use, or an empty string
     * @throws SqlFailure 1235 for a SHOW there is no answer to
     */
    public ListedRows show(List<Token> tokens, String database, Map<String, String> sessionVariables) {
        ShowArguments arguments = ShowArguments.parse(tokens);
        return switch (arguments.subject()) {
            case "DATABASES", "SCHEMAS" -> names("Database", databases(), arguments);
            case "CATALOGS" ->
                new ListedRows(
                        ListedRows.texts("CatalogId", "CatalogName", "Type", "IsCurrent"),
                        List.of(ListedRows.row("1", lake.name(), "paimon", "Yes")));
            case "TABLES" -> tables(arguments, database);
            case "TABLE" -> tableStatus(arguments, database);
            case "COLUMNS", "FIELDS" ->
                filtered(descriptions.columns(arguments.tableName(lake.name(), database), arguments.full()), arguments);
            case "CREATE" -> create(arguments, database);
            case "INDEX", "INDEXES", "KEYS" -> descriptions.keys(arguments.tableName(lake.name(), database));
            case "VARIABLES" -> filtered(variables(sessionVariables), arguments);
            case "STATUS" -> filtered(status(), arguments);
            case "PROCESSLIST" ->
                new ListedRows(
                        List.of(
                                new Column("Id", ColumnType.LONG),
                                text("User"),
                                text("Host"),
                                text("db"),
                                text("Command"),
                                new Column("Time", ColumnType.LONG),
                                text("State"),
                                text("Info")),
                        processes.get());
            case "WARNINGS", "ERRORS" -> new ListedRows(ListedRows.texts("Level", "Code", "Message"), List.of());
            case "ENGINES" ->
                new ListedRows(
                        ListedRows.texts("Engine", "Support", "Comment"),
                        List.of(ListedRows.row("PAIMON", "DEFAULT", "Apache Paimon")));
            case "COLLATION" ->
                new ListedRows(
                        ListedRows.texts("Collation", "Charset", "Id", "Default", "Compiled", "Sortlen"),
                        List.of(ListedRows.row("utf8mb4_bin", "utf8mb4", "46", "Yes", "Yes", "1")));
            case "CHARACTER", "CHARSET" ->
                new ListedRows(
                        ListedRows.texts("Charset", "Description", "Default collation", "Maxlen"),
                        List.of(ListedRows.row("utf8mb4", "UTF-8 Unicode", "utf8mb4_bin", "4")));
            case "GRANTS" ->
                new ListedRows(
                        ListedRows.texts("Grants"), List.of(ListedRows.row("GRANT SELECT ON *.* TO CURRENT_USER")));
            case "TRIGGERS", "EVENTS", "PROCEDURE", "FUNCTION", "PLUGINS" ->
                new ListedRows(ListedRows.texts("Name"), List.of());
            default ->
                throw new SqlFailure(
                        SqlError.NOT_SUPPORTED,
                        "SHOW " + arguments.subject() + " is not supported: see DIALECT.md for what is");
        };
    }

    /** The columns of a table. */
    public ListedRows describe(List<String> path, String database) {
        return descriptions.columns(ShowArguments.tableName(path, lake.name(), database), false);
    }

    private List<String> databases() {
        List<String> databases = new ArrayList<>(lake.databases());
        databases.add(InformationSchema.NAME);
        return databases;
    }

    private ListedRows tables(ShowArguments arguments, String database) {
        String from = arguments.database(lake.name(), database);
        List<String> names = from.equalsIgnoreCase(InformationSchema.NAME) ? List.of() : lake.tables(from);
        if (!arguments.full()) {
            return names("Tables_in_" + from, names, arguments);
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        names.forEach(name -> rows.add(ListedRows.row(name, "BASE TABLE")));
        return filtered(new ListedRows(ListedRows.texts("Tables_in_" + from, "Table_type"), rows), arguments);
    }

    private ListedRows tableStatus(ShowArguments arguments, String database) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String name : lake.tables(arguments.database(lake.name(), database))) {
            rows.add(ListedRows.row(name, "PAIMON", "utf8mb4_bin", ""));
        }
        return filtered(new ListedRows(ListedRows.texts("Name", "Engine", "Collation", "Comment"), rows), arguments);
    }

    private ListedRows create(ShowArguments arguments, String database) {
        if (arguments.objectKind().equals("DATABASE")) {
            String name = arguments.path().get(arguments.path().size() - 1);
            lake.tables(name);
            return new ListedRows(
                    ListedRows.texts("Database", "Create Database"),
                    List.of(ListedRows.row(name, "CREATE DATABASE `" + name + "`")));
        }
        TableName table = arguments.tableName(lake.name(), database);
        return descriptions.create(table);
    }

    private ListedRows variables(Map<String, String> sessionVariables) {
        Map<String, String> all = new TreeMap<>(SystemVariables.all());
        all.putAll(sessionVariables);
        return pairs(all);
    }

    private ListedRows status() {
        EngineStatistics now = statistics.get();
        return pairs(new TreeMap<>(Map.of(
                "Lake_plans", String.valueOf(now.plans()),
                "Lake_merges", String.valueOf(now.merges()),
                "Lake_cache_hits", String.valueOf(now.cacheHits()),
                "Lake_cached_tables", String.valueOf(now.cachedTables()),
                "Lake_cached_bytes", String.valueOf(now.cachedBytes()))));
    }

    private static ListedRows pairs(Map<String, String> values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(ListedRows.row(name, value)));
        return new ListedRows(ListedRows.texts("Variable_name", "Value"), rows);
    }

    private static ListedRows names(String column, List<String> names, ShowArguments arguments) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        names.forEach(name -> rows.add(ListedRows.row(name)));
        return filtered(new ListedRows(ListedRows.texts(column), rows), arguments);
    }

    private static ListedRows filtered(ListedRows rows, ShowArguments arguments) {
        String pattern = arguments.like();
        if (pattern == null) {
            return rows;
        }
        return new ListedRows(
                rows.columns(),
                rows.all().stream()
                        .filter(row -> Like.matches(String.valueOf(row.get(0)).toLowerCase(Locale.ROOT), pattern))
                        .toList());
    }

    private static Column text(String name) {
        return new Column(name, ColumnType.TEXT);
    }
}
