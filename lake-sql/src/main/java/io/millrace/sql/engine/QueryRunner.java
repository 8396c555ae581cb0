package io.millrace.sql.engine;

import io.millrace.sql.dialect.Labels;
import io.millrace.sql.guard.Guard;
import io.millrace.sql.guard.SyntaxTree;
import io.millrace.sql.lake.PinnedTable;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.Rows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/** Runs one session's queries, one at a time; only {@link #cancel} may come from another thread. */
public final class QueryRunner implements AutoCloseable {
    private final Engine engine;
    private final Connection duckDb;
    private volatile @Nullable Statement running;
    private volatile @Nullable String cancelled;
    private List<PinnedTable> lastRead = List.of();

    QueryRunner(Engine engine, Connection duckDb) {
        this.engine = engine;
        this.duckDb = duckDb;
    }

    /**
     * The rows of a query, which must be closed before the next one.
     *
     * @throws SqlFailure when it is not allowed, wrong, or fails before its first row
     */
    public Rows run(Query query) {
        cancelled = null;
        try {
            return attempt(query, false);
        } catch (SqlFailure failure) {
            if (!DuckDbErrors.isMissingFile(failure)) {
                throw failure;
            }
            lastRead.forEach(table -> engine.snapshots().forget(table.name()));
            return attempt(query, false);
        }
    }

    /** How a query would run: the files of each table, and DuckDB's plan. */
    public Rows explain(Query query) {
        cancelled = null;
        return attempt(query, true);
    }

    /** The columns the query would have, without running it. */
    public List<Column> describe(Query query) {
        try (StatementTables tables = tables(query)) {
            String sql = checked(query, tables);
            try (DuckDBPreparedStatement statement = prepare(sql)) {
                return ResultShape.of(sql, statement.getMetaData()).columns();
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Rows attempt(Query query, boolean explain) {
        StatementTables tables = tables(query);
        try {
            String sql = checked(query, tables);
            lastRead = tables.pinned();
            if (explain) {
                Rows rows = explanation(sql, tables.notes());
                tables.close();
                return rows;
            }
            return new HeldRows(execute(sql), tables, this::failure);
        } catch (SQLException | RuntimeException e) {
            lastRead = tables.pinned();
            tables.close();
            throw failure(e);
        }
    }

    private StatementTables tables(Query query) {
        return new StatementTables(engine, query.database(), query.virtualTables(), duckDb);
    }

    private String checked(Query query, StatementTables tables) throws SQLException {
        SyntaxTree tree = SyntaxTree.parse(duckDb, query.translated());
        Guard.apply(tree, Labels.of(query.sql(), query.tokens()), engine.functions(), tables);
        return tree.toSql(duckDb);
    }

    private Rows execute(String sql) throws SQLException {
        DuckDBPreparedStatement statement = prepare(sql);
        try {
            ResultShape shape = ResultShape.of(sql, statement.getMetaData());
            if (!shape.sql().equals(sql)) {
                statement.close();
                statement = prepare(shape.sql());
            }
            running = statement;
            if (cancelled != null) {
                throw new SQLException("INTERRUPT Error: cancelled before it ran");
            }
            return DuckDbRows.open(statement, shape.columns());
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private DuckDBPreparedStatement prepare(String sql) throws SQLException {
        return duckDb.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class);
    }

    private Rows explanation(String sql, List<String> notes) throws SQLException {
        List<List<@Nullable Object>> lines = new ArrayList<>();
        notes.forEach(note -> lines.add(ListedRows.row(note)));
        try (Statement statement = duckDb.createStatement();
                var plan = statement.executeQuery("EXPLAIN " + sql)) {
            while (plan.next()) {
                Stream.of(plan.getString(2).split("\n")).forEach(line -> lines.add(ListedRows.row(line)));
            }
        }
        return new ListedRows(ListedRows.texts("Explain String"), lines);
    }

    private SqlFailure failure(Exception e) {
        String reason = cancelled;
        if (reason != null && !(e instanceof SqlFailure known && known.error() != SqlError.INTERRUPTED)) {
            return new SqlFailure(SqlError.INTERRUPTED, reason, e);
        }
        return e instanceof SqlFailure known ? known : DuckDbErrors.failure(e);
    }

    /** The tables of the last query and their versions. */
    public List<PinnedTable> lastRead() {
        return lastRead;
    }

    /** Ends the query that is running, if any, with error 1317 and this reason. */
    public void cancel(String reason) {
        cancelled = reason;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                throw DuckDbErrors.failure(e);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }
}
