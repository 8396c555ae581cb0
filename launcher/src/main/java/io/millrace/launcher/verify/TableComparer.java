package io.millrace.launcher.verify;

import io.millrace.app.Source;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Walks through a source table and its lake table side by side, in the order of their key. */
final class TableComparer {
    private static final int EXAMPLES = 5;

    private final TableDefinition table;
    private final List<Column> columns;
    private final List<Integer> keys;
    private final List<String> examples = new ArrayList<>();
    private long sourceRows;
    private long lakeRows;
    private long missing;
    private long extra;
    private long different;

    private TableComparer(TableDefinition table) {
        this.table = table;
        this.columns = table.columns().stream()
                .filter(column -> !column.name().startsWith("_source_"))
                .toList();
        this.keys = table.primaryKey().stream()
                .map(key -> columns.indexOf(table.column(key).orElseThrow()))
                .toList();
    }

    static TableComparison compare(
            Source.CapturedTable captured, TableDefinition table, Connection source, Connection lake)
            throws SQLException {
        TableComparer comparer = new TableComparer(table);
        source.setAutoCommit(false);
        try (Statement sourceStatement = source.createStatement();
                Statement lakeStatement = lake.createStatement()) {
            sourceStatement.setFetchSize(1000);
            lakeStatement.setFetchSize(Integer.MIN_VALUE);
            try (ResultSet left = sourceStatement.executeQuery(
                            comparer.query(captured.schema() + "." + captured.name(), '"'));
                    ResultSet right =
                            lakeStatement.executeQuery(comparer.query("lake." + table.qualifiedName(), '`'))) {
                comparer.merge(left, right);
            }
        } finally {
            source.rollback();
        }
        return comparer.result();
    }

    private String query(String from, char quote) {
        String names =
                columns.stream().map(column -> quote + column.name() + quote).collect(Collectors.joining(", "));
        String order =
                table.primaryKey().stream().map(key -> quote + key + quote).collect(Collectors.joining(", "));
        return "SELECT " + names + " FROM " + from + " ORDER BY " + order;
    }

    private void merge(ResultSet source, ResultSet lake) throws SQLException {
        List<@Nullable String> left = nextSource(source);
        List<@Nullable String> right = nextLake(lake);
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : compareKeys(left, right);
            if (order < 0) {
                missing++;
                example("missing in the lake: " + describe(left));
            } else if (order > 0) {
                extra++;
                example("only in the lake: " + describe(right));
            } else {
                compareRows(left, right);
            }
            left = order <= 0 ? nextSource(source) : left;
            right = order >= 0 ? nextLake(lake) : right;
        }
    }

    private void compareRows(List<@Nullable String> left, List<@Nullable String> right) {
        for (int i = 0; i < columns.size(); i++) {
            if (!Objects.equals(left.get(i), right.get(i))) {
                different++;
                example("different " + columns.get(i).name() + " of " + key(left) + ": source " + shortened(left.get(i))
                        + ", lake " + shortened(right.get(i)));
                return;
            }
        }
    }

    private @Nullable List<@Nullable String> nextSource(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        sourceRows++;
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(Cell.fromSource(rows, i + 1, columns.get(i)));
        }
        return row;
    }

    private @Nullable List<@Nullable String> nextLake(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        lakeRows++;
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            row.add(Cell.fromLake(rows, i + 1, columns.get(i)));
        }
        return row;
    }

    private int compareKeys(List<@Nullable String> left, List<@Nullable String> right) {
        for (int key : keys) {
            String leftKey = Objects.requireNonNull(left.get(key));
            String rightKey = Objects.requireNonNull(right.get(key));
            String type = columns.get(key).type();
            int order = type.contains("INT") || type.startsWith("DECIMAL")
                    ? new java.math.BigDecimal(leftKey).compareTo(new java.math.BigDecimal(rightKey))
                    : leftKey.compareTo(rightKey);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String key(List<@Nullable String> row) {
        return keys.stream()
                .map(key -> columns.get(key).name() + "=" + row.get(key))
                .collect(Collectors.joining(", "));
    }

    private String describe(List<@Nullable String> row) {
        return key(row);
    }

    private static String shortened(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.length() <= 80 ? "'" + value + "'" : "'" + value.substring(0, 80) + "…' (" + value.length() + ")";
    }

    private void example(String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(text);
        }
    }

    private TableComparison result() {
        return new TableComparison(table.qualifiedName(), sourceRows, lakeRows, missing, extra, different, examples);
    }
}
