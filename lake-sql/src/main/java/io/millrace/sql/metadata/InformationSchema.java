package io.millrace.sql.metadata;

import io.millrace.sql.engine.VirtualTables;
import io.millrace.sql.lake.ColumnTypes;
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
import java.util.Optional;
import java.util.TreeMap;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.jspecify.annotations.Nullable;

/** The part of information_schema that BI tools and drivers read, computed from the lake at each question. */
public final class InformationSchema implements VirtualTables {
    public static final String NAME = "information_schema";

    /** Tables that hold nothing here; drivers join with them. */
    private static final Map<String, List<String>> EMPTY = Map.of(
            "views", List.of("TABLE_CATALOG", "TABLE_SCHEMA", "TABLE_NAME", "VIEW_DEFINITION"),
            "routines", List.of("ROUTINE_CATALOG", "ROUTINE_SCHEMA", "ROUTINE_NAME", "ROUTINE_TYPE"),
            "parameters", List.of("SPECIFIC_SCHEMA", "SPECIFIC_NAME", "PARAMETER_NAME"),
            "triggers", List.of("TRIGGER_SCHEMA", "TRIGGER_NAME", "EVENT_OBJECT_TABLE"),
            "events", List.of("EVENT_SCHEMA", "EVENT_NAME"),
            "partitions", List.of("TABLE_SCHEMA", "TABLE_NAME", "PARTITION_NAME"),
            "referential_constraints",
                    List.of(
                            "CONSTRAINT_SCHEMA",
                            "CONSTRAINT_NAME",
                            "UNIQUE_CONSTRAINT_NAME",
                            "UPDATE_RULE",
                            "DELETE_RULE"));

    private final Lake lake;

    public InformationSchema(Lake lake) {
        this.lake = lake;
    }

    @Override
    public Optional<ListedRows> find(String database, String table) {
        if (!database.equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        String name = table.toLowerCase(Locale.ROOT);
        if (EMPTY.containsKey(name)) {
            return Optional.of(new ListedRows(ListedRows.texts(EMPTY.get(name).toArray(String[]::new)), List.of()));
        }
        return switch (name) {
            case "schemata" -> Optional.of(schemata());
            case "tables" -> Optional.of(tables());
            case "columns" -> Optional.of(columns());
            case "key_column_usage" -> Optional.of(keys());
            case "table_constraints" -> Optional.of(constraints());
            case "statistics" -> Optional.of(statistics());
            default ->
                throw new SqlFailure(
                        SqlError.NO_SUCH_TABLE,
                        "table information_schema." + name + " does not exist: there are schemata, tables, columns,"
                                + " key_column_usage, table_constraints and statistics");
        };
    }

    private ListedRows schemata() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String database : databases()) {
            rows.add(ListedRows.row("def", database, "utf8mb4", "utf8mb4_bin", null));
        }
        return new ListedRows(
                ListedRows.texts(
                        "CATALOG_NAME",
                        "SCHEMA_NAME",
                        "DEFAULT_CHARACTER_SET_NAME",
                        "DEFAULT_COLLATION_NAME",
                        "SQL_PATH"),
                rows);
    }

    private List<String> databases() {
        List<String> databases = new ArrayList<>(lake.databases());
        databases.add(NAME);
        return databases;
    }

    private ListedRows tables() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachTable((name, table) -> rows.add(ListedRows.row(
                "def",
                name.database(),
                name.table(),
                "BASE TABLE",
                "PAIMON",
                null,
                null,
                "utf8mb4_bin",
                table.comment().orElse(""))));
        return new ListedRows(
                mixed(
                        "TABLE_CATALOG",
                        "TABLE_SCHEMA",
                        "TABLE_NAME",
                        "TABLE_TYPE",
                        "ENGINE",
                        "#TABLE_ROWS",
                        "CREATE_TIME",
                        "TABLE_COLLATION",
                        "TABLE_COMMENT"),
                rows);
    }

    private ListedRows columns() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachTable((name, table) -> {
            long position = 0;
            for (DataField field : table.rowType().getFields()) {
                String type = ColumnTypes.doris(field.type());
                boolean key = table.primaryKeys().contains(field.name());
                rows.add(ListedRows.row(
                        "def",
                        name.database(),
                        name.table(),
                        field.name(),
                        ++position,
                        null,
                        field.type().isNullable() ? "YES" : "NO",
                        type.replaceAll("[(<].*", ""),
                        type,
                        null,
                        null,
                        null,
                        null,
                        "utf8mb4",
                        "utf8mb4_bin",
                        key ? "PRI" : "",
                        "",
                        "select",
                        field.description() == null ? "" : field.description()));
            }
        });
        return new ListedRows(
                mixed(
                        "TABLE_CATALOG",
                        "TABLE_SCHEMA",
                        "TABLE_NAME",
                        "COLUMN_NAME",
                        "#ORDINAL_POSITION",
                        "COLUMN_DEFAULT",
                        "IS_NULLABLE",
                        "DATA_TYPE",
                        "COLUMN_TYPE",
                        "#CHARACTER_MAXIMUM_LENGTH",
                        "#NUMERIC_PRECISION",
                        "#NUMERIC_SCALE",
                        "#DATETIME_PRECISION",
                        "CHARACTER_SET_NAME",
                        "COLLATION_NAME",
                        "COLUMN_KEY",
                        "EXTRA",
                        "PRIVILEGES",
                        "COLUMN_COMMENT"),
                rows);
    }

    private ListedRows keys() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachTable((name, table) -> {
            long position = 0;
            for (String key : table.primaryKeys()) {
                rows.add(ListedRows.row(
                        "def",
                        name.database(),
                        "PRIMARY",
                        "def",
                        name.database(),
                        name.table(),
                        key,
                        ++position,
                        null,
                        null,
                        null,
                        null));
            }
        });
        return new ListedRows(
                mixed(
                        "CONSTRAINT_CATALOG",
                        "CONSTRAINT_SCHEMA",
                        "CONSTRAINT_NAME",
                        "TABLE_CATALOG",
                        "TABLE_SCHEMA",
                        "TABLE_NAME",
                        "COLUMN_NAME",
                        "#ORDINAL_POSITION",
                        "#POSITION_IN_UNIQUE_CONSTRAINT",
                        "REFERENCED_TABLE_SCHEMA",
                        "REFERENCED_TABLE_NAME",
                        "REFERENCED_COLUMN_NAME"),
                rows);
    }

    private ListedRows constraints() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachTable((name, table) -> {
            if (!table.primaryKeys().isEmpty()) {
                rows.add(ListedRows.row(
                        "def", name.database(), "PRIMARY", name.database(), name.table(), "PRIMARY KEY"));
            }
        });
        return new ListedRows(
                ListedRows.texts(
                        "CONSTRAINT_CATALOG",
                        "CONSTRAINT_SCHEMA",
                        "CONSTRAINT_NAME",
                        "TABLE_SCHEMA",
                        "TABLE_NAME",
                        "CONSTRAINT_TYPE"),
                rows);
    }

    private ListedRows statistics() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        forEachTable((name, table) -> {
            long position = 0;
            for (String key : table.primaryKeys()) {
                rows.add(ListedRows.row(
                        "def",
                        name.database(),
                        name.table(),
                        0L,
                        name.database(),
                        "PRIMARY",
                        ++position,
                        key,
                        "A",
                        null));
            }
        });
        return new ListedRows(
                mixed(
                        "TABLE_CATALOG",
                        "TABLE_SCHEMA",
                        "TABLE_NAME",
                        "#NON_UNIQUE",
                        "INDEX_SCHEMA",
                        "INDEX_NAME",
                        "#SEQ_IN_INDEX",
                        "COLUMN_NAME",
                        "COLLATION",
                        "#CARDINALITY"),
                rows);
    }

    /** Names with a leading # are numbers. */
    private static List<Column> mixed(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(
                    name.startsWith("#")
                            ? new Column(name.substring(1), ColumnType.LONG)
                            : new Column(name, ColumnType.TEXT));
        }
        return columns;
    }

    private interface TableVisitor {
        void visit(TableName name, Table table);
    }

    private void forEachTable(TableVisitor visitor) {
        for (String database : lake.databases()) {
            for (Map.Entry<TableName, Table> table : tables(database).entrySet()) {
                visitor.visit(table.getKey(), table.getValue());
            }
        }
    }

    private Map<TableName, Table> tables(String database) {
        Map<TableName, Table> tables = new TreeMap<>(java.util.Comparator.comparing(TableName::toString));
        for (String table : lake.tables(database)) {
            TableName name = new TableName(database, table);
            try {
                tables.put(name, lake.table(name));
            } catch (SqlFailure e) {
                // dropped since the names were listed: it is no longer part of the answer
                tables.remove(name);
            }
        }
        return tables;
    }
}
