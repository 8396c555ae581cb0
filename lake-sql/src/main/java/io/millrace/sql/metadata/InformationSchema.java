package io.millrace.sql.metadata;

import io.millrace.service.Nearest;
import io.millrace.sql.engine.VirtualTables;
import io.millrace.sql.lake.ColumnTypes;
import io.millrace.sql.lake.Lake;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of information_schema that BI tools and drivers read, computed from the lake at each question; the columns
 * of {@code information-schema.txt} that nothing is said about are NULL, tables about other things are empty.
 */
public final class InformationSchema implements VirtualTables {
    private static final Logger log = LoggerFactory.getLogger(InformationSchema.class);

    public static final String NAME = "information_schema";

    private final Lake lake;
    private final Map<String, List<Column>> columns = new HashMap<>();

    public InformationSchema(Lake lake) {
        this.lake = lake;
        for (String line : read().lines().filter(line -> !line.startsWith("#")).toList()) {
            String[] parts = line.split(": ");
            columns.put(
                    parts[0],
                    Arrays.stream(parts[1].split(" "))
                            .map(InformationSchema::column)
                            .toList());
        }
    }

    private static Column column(String name) {
        return name.startsWith("#")
                ? new Column(name.substring(1), ColumnType.LONG)
                : new Column(name, ColumnType.TEXT);
    }

    private static String read() {
        try (InputStream in = InformationSchema.class.getResourceAsStream("information-schema.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("information-schema.txt in the jar cannot be read", e);
        }
    }

    @Override
    public Optional<ListedRows> find(String database, String table) {
        if (!database.equalsIgnoreCase(NAME)) {
            return Optional.empty();
        }
        String name = table.toLowerCase(Locale.ROOT);
        if (!columns.containsKey(name)) {
            throw new SqlFailure(
                    SqlError.NO_SUCH_TABLE,
                    "table information_schema." + name + " does not exist" + Nearest.hint(name, columns.keySet()));
        }
        List<Map<String, Object>> facts =
                switch (name) {
                    case "schemata" -> schemata();
                    case "tables" -> tables();
                    case "columns" -> columns();
                    case "key_column_usage", "statistics" -> keys();
                    case "table_constraints" -> constraints();
                    default -> List.of();
                };
        return Optional.of(rows(columns.get(name), facts));
    }

    private static ListedRows rows(List<Column> columns, List<Map<String, Object>> facts) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map<String, Object> fact : facts) {
            List<@Nullable Object> row = new ArrayList<>();
            columns.forEach(column -> row.add(fact.get(column.name())));
            rows.add(row);
        }
        return new ListedRows(columns, rows);
    }

    private List<Map<String, Object>> schemata() {
        List<String> databases = new ArrayList<>(lake.databases());
        databases.add(NAME);
        List<Map<String, Object>> facts = new ArrayList<>();
        for (String database : databases) {
            facts.add(Map.of(
                    "CATALOG_NAME", "def",
                    "SCHEMA_NAME", database,
                    "DEFAULT_CHARACTER_SET_NAME", "utf8mb4",
                    "DEFAULT_COLLATION_NAME", "utf8mb4_bin"));
        }
        return facts;
    }

    private List<Map<String, Object>> tables() {
        List<Map<String, Object>> facts = new ArrayList<>();
        forEachTable((name, table) -> {
            Map<String, Object> fact = about(name);
            fact.put("TABLE_TYPE", "BASE TABLE");
            fact.put("ENGINE", "PAIMON");
            fact.put("TABLE_COLLATION", "utf8mb4_bin");
            fact.put("TABLE_COMMENT", table.comment().orElse(""));
            facts.add(fact);
        });
        return facts;
    }

    private List<Map<String, Object>> columns() {
        List<Map<String, Object>> facts = new ArrayList<>();
        forEachTable((name, table) -> {
            long position = 0;
            for (DataField field : table.rowType().getFields()) {
                String type = ColumnTypes.doris(field.type());
                Map<String, Object> fact = about(name);
                fact.put("COLUMN_NAME", field.name());
                fact.put("ORDINAL_POSITION", ++position);
                fact.put("IS_NULLABLE", field.type().isNullable() ? "YES" : "NO");
                fact.put("DATA_TYPE", type.replaceAll("[(<].*", ""));
                fact.put("COLUMN_TYPE", type);
                fact.put("COLUMN_KEY", table.primaryKeys().contains(field.name()) ? "PRI" : "");
                fact.put("EXTRA", "");
                fact.put("PRIVILEGES", "select");
                fact.put("COLUMN_COMMENT", ColumnTypes.comment(field));
                ColumnSizes.add(fact, field.type());
                facts.add(fact);
            }
        });
        return facts;
    }

    private List<Map<String, Object>> keys() {
        List<Map<String, Object>> facts = new ArrayList<>();
        forEachTable((name, table) -> {
            long position = 0;
            for (String key : table.primaryKeys()) {
                Map<String, Object> fact = about(name);
                fact.putAll(Map.of(
                        "CONSTRAINT_CATALOG",
                        "def",
                        "CONSTRAINT_SCHEMA",
                        name.database(),
                        "CONSTRAINT_NAME",
                        "PRIMARY",
                        "COLUMN_NAME",
                        key,
                        "ORDINAL_POSITION",
                        ++position,
                        "SEQ_IN_INDEX",
                        position,
                        "INDEX_SCHEMA",
                        name.database(),
                        "INDEX_NAME",
                        "PRIMARY",
                        "NON_UNIQUE",
                        0L,
                        "COLLATION",
                        "A"));
                fact.put("INDEX_TYPE", "BTREE");
                facts.add(fact);
            }
        });
        return facts;
    }

    private List<Map<String, Object>> constraints() {
        List<Map<String, Object>> facts = new ArrayList<>();
        forEachTable((name, table) -> {
            if (!table.primaryKeys().isEmpty()) {
                Map<String, Object> fact = about(name);
                fact.put("CONSTRAINT_CATALOG", "def");
                fact.put("CONSTRAINT_SCHEMA", name.database());
                fact.put("CONSTRAINT_NAME", "PRIMARY");
                fact.put("CONSTRAINT_TYPE", "PRIMARY KEY");
                fact.put("ENFORCED", "YES");
                facts.add(fact);
            }
        });
        return facts;
    }

    private static Map<String, Object> about(TableName name) {
        return new HashMap<>(
                Map.of("TABLE_CATALOG", "def", "TABLE_SCHEMA", name.database(), "TABLE_NAME", name.table()));
    }

    private interface TableVisitor {
        void visit(TableName name, Table table);
    }

    private void forEachTable(TableVisitor visitor) {
        for (String database : lake.databases()) {
            for (String table : lake.tables(database)) {
                TableName name = new TableName(database, table);
                try {
                    lake.find(name).ifPresent(found -> visitor.visit(name, found));
                } catch (SqlFailure e) {
                    log.warn("left out of information_schema: {}", e.getMessage());
                }
            }
        }
    }
}
