package io.millrace.launcher.verify;

import io.millrace.app.HotFill;
import io.millrace.app.table.Column;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotScan;
import io.millrace.launcher.layout.Numbers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Holds hot tables against what fills them, and their copies in the lake against them. */
final class HotComparer {
    private static final int EXAMPLES = 5;

    private final HotScan hot;
    private final Connection lake;

    HotComparer(HotScan hot, Connection lake) {
        this.hot = hot;
        this.lake = lake;
    }

    /**
     * What an INSERT fills, against its query over the lake. A log table has rows at least once, so each counts once,
     * and it is read where it is in the lake.
     */
    TableComparison compare(HotFill fill) throws SQLException {
        String name = "hot." + fill.table().qualifiedName() + " by " + fill.pipeline();
        return fill.table().primaryKey().isEmpty()
                ? compareLog(name, fill)
                : compare(name, "its query", lakeRows(fill.query(), fill), "hot", hotRows(fill), fill.columns());
    }

    /** The copy in the lake of a hot table with a primary key. */
    TableComparison compareCopy(TableDefinition table) throws SQLException {
        HotFill all = new HotFill(
                "", table, table.columns(), "SELECT " + names(table.columns()) + " FROM lake." + table.qualifiedName());
        return compare(
                "lake." + table.qualifiedName(),
                "hot",
                hotRows(all),
                "lake",
                lakeRows(all.query(), all),
                table.columns());
    }

    /** By the first column alone: the pipeline that brings a topic into the lake may have changed the others. */
    private TableComparison compareLog(String name, HotFill fill) throws SQLException {
        String first = names(fill.columns().subList(0, 1));
        String wanted = "SELECT DISTINCT " + first + " FROM (" + fill.query() + ") AS a";
        String copy = "SELECT DISTINCT " + first + " FROM lake." + fill.table().qualifiedName();
        long missing = count(wanted + " EXCEPT " + copy);
        long extra = count(copy + " EXCEPT " + wanted);
        return new TableComparison(name, count(wanted), count(copy), missing, extra, 0, List.of());
    }

    private long count(String query) throws SQLException {
        return Numbers.of(lake, "SELECT count(*) FROM (" + query + ") AS c");
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(column -> "`" + column.name() + "`").collect(Collectors.joining(", "));
    }

    private static TableComparison compare(
            String name,
            String left,
            Map<List<String>, List<@Nullable String>> wanted,
            String right,
            Map<List<String>, List<@Nullable String>> found,
            List<Column> columns) {
        long missing = 0;
        long different = 0;
        long extra = 0;
        List<String> examples = new ArrayList<>();
        for (Map.Entry<List<String>, List<@Nullable String>> row : wanted.entrySet()) {
            List<@Nullable String> other = found.get(row.getKey());
            if (other == null) {
                missing++;
                examples.add("missing: " + row.getKey());
            } else if (!other.equals(row.getValue())) {
                different++;
                examples.add(difference(row.getKey(), left, row.getValue(), right, other, columns));
            }
        }
        for (List<String> key : found.keySet()) {
            if (!wanted.containsKey(key)) {
                extra++;
                examples.add("too many: " + key);
            }
        }
        return new TableComparison(
                name,
                wanted.size(),
                found.size(),
                missing,
                extra,
                different,
                examples.subList(0, Math.min(EXAMPLES, examples.size())));
    }

    private static String difference(
            List<String> key,
            String left,
            List<@Nullable String> wanted,
            String right,
            List<@Nullable String> found,
            List<Column> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> !Objects.equals(wanted.get(i), found.get(i)))
                .mapToObj(i -> "different " + columns.get(i).name() + " of " + key + ": " + left + " " + wanted.get(i)
                        + ", " + right + " " + found.get(i))
                .findFirst()
                .orElseThrow();
    }

    /** By key; rows of which the INSERT has filled nothing but the key are another pipeline's. */
    private Map<List<String>, List<@Nullable String>> hotRows(HotFill fill) {
        Map<List<String>, List<@Nullable String>> rows = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row :
                hot.rows(fill.table().database(), fill.table().name())) {
            List<@Nullable String> cells = new ArrayList<>();
            fill.columns().forEach(column -> cells.add(Cell.fromHot(row.get(column.name()))));
            boolean filled = fill.columns().stream()
                    .anyMatch(column ->
                            !fill.table().primaryKey().contains(column.name()) && row.get(column.name()) != null);
            if (filled) {
                rows.put(key(fill, cells), cells);
            }
        }
        return rows;
    }

    private Map<List<String>, List<@Nullable String>> lakeRows(String query, HotFill fill) throws SQLException {
        Map<List<String>, List<@Nullable String>> rows = new LinkedHashMap<>();
        try (Statement statement = lake.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<@Nullable String> cells = new ArrayList<>();
                for (int i = 0; i < fill.columns().size(); i++) {
                    cells.add(Cell.fromLake(row, i + 1, fill.columns().get(i)));
                }
                rows.put(key(fill, cells), cells);
            }
        }
        return rows;
    }

    private static List<String> key(HotFill fill, List<@Nullable String> cells) {
        List<String> key = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (fill.table().primaryKey().contains(fill.columns().get(i).name())) {
                key.add(fill.columns().get(i).name() + "=" + cells.get(i));
            }
        }
        return key;
    }
}
