package io.millrace.sql.engine;

import static io.millrace.sql.dialect.Printer.literal;
import static io.millrace.sql.dialect.Printer.name;

import io.millrace.sql.lake.ColumnTypes;
import io.millrace.sql.lake.PinnedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;

/** The DuckDB query that reads one pinned table. */
final class RelationSql {
    private final PinnedTable table;
    private final List<DataField> fields;

    RelationSql(PinnedTable table) {
        this.table = table;
        this.fields = table.table().rowType().getFields();
    }

    /**
     * Everything the table is read from.
     *
     * @param scanKey of the statement's scan of this table
     * @param merged what gives the rows of the merged splits
     */
    String all(String scanKey, String merged) {
        List<String> parts = new ArrayList<>();
        if (!table.plainFiles().isEmpty()) {
            parts.add(select(RelationSql::fromParquet) + " FROM read_parquet("
                    + table.plainFiles().stream().map(file -> literal(file)).collect(Collectors.joining(",", "[", "]"))
                    + ", " + parquetSchema() + ")");
        }
        for (int i = 0; i < table.maskedFiles().size(); i++) {
            parts.add(select(RelationSql::fromParquet) + " FROM read_parquet(["
                    + literal(table.maskedFiles().get(i).path()) + "], " + parquetSchema()
                    + ", file_row_number = true) WHERE file_row_number NOT IN (SELECT position FROM " + Scans.DELETED
                    + "(" + literal(scanKey) + ", " + i + "))");
        }
        if (!table.mergedSplits().isEmpty()) {
            parts.add(merged);
        }
        if (parts.isEmpty()) {
            parts.add(select(field -> "CAST(NULL AS " + ColumnTypes.duckDb(field.type()) + ")") + " WHERE false");
        }
        return String.join(" UNION ALL ", parts);
    }

    /** Merges now, while the query runs. */
    String streamed(String scanKey) {
        return select(RelationSql::fromScan) + " FROM " + Scans.SCAN + "(" + literal(scanKey) + ")";
    }

    /** Reads what {@link #toCache} made. */
    String cached(String cacheTable) {
        return select(field -> name(field.name())) + " FROM " + cacheTable;
    }

    /** The columns the cache keeps: those that can be read. */
    String toCache(String scanKey) {
        return "SELECT "
                + fields.stream()
                        .filter(field -> ColumnTypes.isReadable(field.type()))
                        .map(field -> fromScan(field) + " AS " + name(field.name()))
                        .collect(Collectors.joining(", "))
                + " FROM " + Scans.SCAN + "(" + literal(scanKey) + ")";
    }

    /** A column that cannot be read fails when a query asks for it, and only then. */
    private String select(Function<DataField, String> expression) {
        return "SELECT "
                + fields.stream()
                        .map(field -> (ColumnTypes.isReadable(field.type()) ? expression.apply(field) : refusal(field))
                                + " AS " + name(field.name()))
                        .collect(Collectors.joining(", "));
    }

    private String refusal(DataField field) {
        return "error("
                + literal("column " + field.name() + " of " + table.name() + " has type "
                        + field.type().asSQLString() + ", which SQL cannot show here: leave it out of the query")
                + ")";
    }

    private static String fromParquet(DataField field) {
        String column = name(field.name());
        return switch (field.type().getTypeRoot()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                "CAST(timezone('UTC', " + column + ") AS " + ColumnTypes.duckDb(field.type()) + ")";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "CAST(" + column + " AS " + ColumnTypes.duckDb(field.type()) + ")";
            default -> column;
        };
    }

    private static String parquetType(DataType type) {
        return switch (type.getTypeRoot()) {
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMPTZ";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "TIMESTAMP";
            default -> ColumnTypes.duckDb(type);
        };
    }

    private String parquetSchema() {
        return "schema = MAP {"
                + fields.stream()
                        .filter(field -> ColumnTypes.isReadable(field.type()))
                        .map(field -> field.id() + ": {name: " + literal(field.name()) + ", type: "
                                + literal(parquetType(field.type())) + ", default_value: NULL}")
                        .collect(Collectors.joining(", "))
                + "}";
    }

    private static String fromScan(DataField field) {
        String column = name(field.name());
        String type = ColumnTypes.duckDb(field.type());
        return switch (field.type().getTypeRoot()) {
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                "CAST(make_timestamp(" + column + ") AS " + type + ")";
            case TIME_WITHOUT_TIME_ZONE -> "(TIME '00:00:00' + to_milliseconds(" + column + "))";
            case BINARY, VARBINARY -> "unhex(" + column + ")";
            default ->
                ColumnTypes.isNested(field.type()) ? "CAST(CAST(" + column + " AS JSON) AS " + type + ")" : column;
        };
    }
}
