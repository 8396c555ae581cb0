package io.millrace.sql.engine;

import static io.millrace.sql.dialect.Printer.literal;
import static io.millrace.sql.dialect.Printer.name;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.sql.guard.Relations;
import io.millrace.sql.guard.SyntaxTree;
import io.millrace.sql.lake.PinnedTable;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ColumnType;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of one statement, each pinned once, and what is held to read them until the statement ends. */
final class StatementTables implements Relations, AutoCloseable {
    private final Engine engine;
    private final String database;
    private final VirtualTables virtualTables;
    private final Connection duckDb;
    private final Map<TableName, PinnedTable> pinned = new LinkedHashMap<>();
    private final Map<TableName, String> queries = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<AutoCloseable> held = new ArrayList<>();

    /** @param database what a name without one belongs to, or an empty string */
    StatementTables(Engine engine, String database, VirtualTables virtualTables, Connection duckDb) {
        this.engine = engine;
        this.database = database;
        this.virtualTables = virtualTables;
        this.duckDb = duckDb;
    }

    @Override
    public JsonNode relation(List<String> path) {
        TableName name = engine.tableName(path, database);
        try {
            Optional<ListedRows> rows = virtualTables.find(name.database(), name.table());
            String sql = rows.isPresent() ? values(rows.get()) : lakeTable(name);
            return SyntaxTree.parse(duckDb, sql).query();
        } catch (SQLException e) {
            throw DuckDbErrors.failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlFailure(SqlError.INTERRUPTED, "the server is ending", e);
        }
    }

    @Override
    public List<String> fullName(List<String> path) {
        TableName name = engine.tableName(path, database);
        return List.of(engine.lake().name(), name.database(), name.table());
    }

    private String lakeTable(TableName name) throws SQLException, InterruptedException {
        String known = queries.get(name);
        if (known != null) {
            return known;
        }
        PinnedTable table = engine.snapshots().pin(name);
        pinned.put(name, table);
        String query = query(table);
        queries.put(name, query);
        return query;
    }

    private String query(PinnedTable table) throws SQLException, InterruptedException {
        RelationSql sql = new RelationSql(table);
        String note = table.name() + ": snapshot " + table.version().snapshotId() + ", "
                + table.plainFiles().size() + " files read as they are, "
                + table.maskedFiles().size() + " with deleted rows, "
                + table.mergedSplits().size() + " splits merged";
        Optional<MergeCache.Lease> lease = table.mergedSplits().isEmpty()
                ? Optional.empty()
                : engine.cache().lease(table);
        lease.ifPresent(held::add);
        boolean streamed = !table.mergedSplits().isEmpty() && lease.isEmpty();
        notes.add(note + (lease.isPresent() ? " (from the cache)" : streamed ? " (while the query runs)" : ""));
        String key = "";
        if (streamed || !table.maskedFiles().isEmpty()) {
            Scan scan = engine.scans().open(table, Long.MAX_VALUE);
            held.add(scan);
            key = scan.key();
        }
        return sql.all(key, lease.isPresent() ? sql.cached(lease.get().relation()) : streamed ? sql.streamed(key) : "");
    }

    private static String values(ListedRows rows) {
        List<Column> columns = rows.columns();
        String select = "SELECT "
                + columns.stream()
                        .map(column -> "CAST(" + name(column.name()) + " AS "
                                + (column.type().kind() == ColumnType.Kind.LONG ? "BIGINT" : "VARCHAR") + ") AS "
                                + name(column.name()))
                        .collect(Collectors.joining(", "));
        String names = columns.stream().map(column -> name(column.name())).collect(Collectors.joining(","));
        List<String> tuples = new ArrayList<>();
        for (List<@Nullable Object> row : rows.all()) {
            tuples.add(row.stream().map(StatementTables::value).collect(Collectors.joining(",", "(", ")")));
        }
        if (tuples.isEmpty()) {
            tuples.add(columns.stream().map(column -> "NULL").collect(Collectors.joining(",", "(", ")")));
            return select + " FROM (VALUES " + tuples.get(0) + ") AS t(" + names + ") WHERE false";
        }
        return select + " FROM (VALUES " + String.join(",", tuples) + ") AS t(" + names + ")";
    }

    private static String value(@Nullable Object value) {
        return value == null ? "NULL" : value instanceof Long number ? number.toString() : literal(value.toString());
    }

    /** The lake's tables the statement reads, with their versions; system tables are left out. */
    List<PinnedTable> pinned() {
        return pinned.values().stream().filter(table -> !table.isSystemTable()).toList();
    }

    /** How each table is read, for EXPLAIN. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() {
        for (AutoCloseable holding : held) {
            try {
                holding.close();
            } catch (Exception e) {
                throw new IllegalStateException("a table's files were not let go", e);
            }
        }
        held.clear();
    }
}
