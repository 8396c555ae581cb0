package io.millrace.sql.engine;

import static io.millrace.sql.dialect.Printer.name;

import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.ColumnType.Kind;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The columns of a query, and the query around it that sends types the reader cannot take in ones it can: instants as
 * microseconds, bytes as hexadecimal text, nested values as JSON, all else as text.
 */
record ResultShape(List<Column> columns, String sql) {
    private static final int LONGEST_TEXT = 1 << 24;

    static ResultShape of(String sql, ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        boolean plain = true;
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            String column = "c" + i;
            String type = metadata.getColumnTypeName(i).toUpperCase(Locale.ROOT);
            columns.add(new Column(metadata.getColumnLabel(i), columnType(type, metadata, i)));
            String expression = expression(type, name(column));
            expressions.add(expression);
            inner.add(name(column));
            plain &= expression.equals(name(column));
        }
        return new ResultShape(
                List.copyOf(columns),
                plain
                        ? sql
                        : "SELECT " + String.join(", ", expressions) + " FROM (" + sql + ") AS t("
                                + String.join(", ", inner) + ")");
    }

    private static ColumnType columnType(String type, ResultSetMetaData metadata, int column) throws SQLException {
        if (type.startsWith("DECIMAL") && isScalar(type)) {
            return new ColumnType(Kind.DECIMAL, metadata.getPrecision(column) + 2, metadata.getScale(column));
        }
        return switch (type) {
            case "BOOLEAN" -> new ColumnType(Kind.BOOLEAN, 1, 0);
            case "TINYINT" -> new ColumnType(Kind.TINY, 4, 0);
            case "SMALLINT" -> new ColumnType(Kind.SHORT, 6, 0);
            case "INTEGER" -> new ColumnType(Kind.INTEGER, 11, 0);
            case "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> new ColumnType(Kind.LONG, 20, 0);
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> new ColumnType(Kind.TEXT, 40, 0);
            case "FLOAT" -> new ColumnType(Kind.FLOAT, 12, 31);
            case "DOUBLE" -> new ColumnType(Kind.DOUBLE, 22, 31);
            case "DATE" -> new ColumnType(Kind.DATE, 10, 0);
            case "TIME" -> new ColumnType(Kind.TIME, 15, 6);
            case "TIMESTAMP_S" -> new ColumnType(Kind.DATETIME, 19, 0);
            case "TIMESTAMP_MS" -> new ColumnType(Kind.DATETIME, 23, 3);
            case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" -> new ColumnType(Kind.DATETIME, 26, 6);
            case "BLOB" -> new ColumnType(Kind.BYTES, LONGEST_TEXT, 0);
            default -> new ColumnType(Kind.TEXT, LONGEST_TEXT, 0);
        };
    }

    private static String expression(String type, String column) {
        if (type.startsWith("DECIMAL") && isScalar(type)) {
            return column;
        }
        if (!isScalar(type) || type.startsWith("STRUCT") || type.startsWith("MAP")) {
            return "CAST(to_json(" + column + ") AS VARCHAR)";
        }
        return switch (type) {
            case "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DATE", "VARCHAR" -> column;
            case "UTINYINT", "USMALLINT", "UINTEGER" -> "CAST(" + column + " AS BIGINT)";
            case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
                "epoch_us(" + column + ")";
            case "BLOB" -> "hex(" + column + ")";
            default -> "CAST(" + column + " AS VARCHAR)";
        };
    }

    private static boolean isScalar(String type) {
        return !type.endsWith("]") && !type.startsWith("STRUCT") && !type.startsWith("MAP");
    }
}
