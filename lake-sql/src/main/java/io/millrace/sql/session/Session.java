package io.millrace.sql.session;

import io.millrace.sql.dialect.Rewriter;
import io.millrace.sql.dialect.SessionValues;
import io.millrace.sql.dialect.Token;
import io.millrace.sql.dialect.Tokenizer;
import io.millrace.sql.engine.Query;
import io.millrace.sql.engine.QueryRunner;
import io.millrace.sql.engine.VirtualTables;
import io.millrace.sql.metadata.InformationSchema;
import io.millrace.sql.metadata.SystemVariables;
import io.millrace.sql.result.Column;
import io.millrace.sql.result.ListedRows;
import io.millrace.sql.result.Rows;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One client's session; used by the client's thread, and ended from any. */
public final class Session implements SessionValues, AutoCloseable {
    private static final String LAST_SNAPSHOTS = "last_snapshots";
    private static final String LAST_SNAPSHOTS_AT = "last_snapshots_at";
    private static final String SHOWN = "millrace_show";

    private final int id;
    private final String user;
    private final Sessions sessions;
    private final QueryRunner runner;
    private final Runnable disconnect;
    private final Rewriter rewriter;
    private volatile String database = "";
    private volatile String statement = "";
    private volatile long statementStart;
    private String lastSnapshots = "";
    private String lastSnapshotsAt = "";

    Session(int id, String user, Sessions sessions, QueryRunner runner, Runnable disconnect) {
        this.id = id;
        this.user = user;
        this.sessions = sessions;
        this.runner = runner;
        this.disconnect = disconnect;
        this.rewriter = new Rewriter(this, sessions.engine().macros());
    }

    /**
     * Answers one statement.
     *
     * @return rows, which must be closed before the next statement, or empty when there is only success to tell
     */
    public Optional<Rows> execute(String sql) {
        return execute(sql, List.of());
    }

    /** @param parameters a literal for each {@code ?}, in order */
    public Optional<Rows> execute(String sql, List<Token> parameters) {
        statement = sql.length() > 1000 ? sql.substring(0, 1000) : sql;
        statementStart = System.nanoTime();
        ScheduledFuture<?> timeout = sessions.timer()
                .schedule(
                        () -> runner.cancel("the query ran longer than queryTimeoutSeconds = "
                                + sessions.queryTimeoutSeconds() + ": ask for less, or raise the setting"),
                        sessions.queryTimeoutSeconds(),
                        TimeUnit.SECONDS);
        Runnable end = () -> {
            timeout.cancel(false);
            statement = "";
        };
        try {
            Optional<Rows> rows = answer(sql, Parameters.fill(Tokenizer.tokenize(sql), parameters))
                    .map(found -> new EndingRows(found, end));
            if (rows.isEmpty()) {
                end.run();
            }
            return rows;
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
    }

    /** The columns a statement would answer with, with NULL for each {@code ?}; empty when that cannot be said. */
    public List<Column> describe(String sql) {
        List<Token> tokens = withoutEnd(Parameters.fillWithNulls(Tokenizer.tokenize(sql)));
        if (!Statements.isQuery(tokens)) {
            return List.of();
        }
        return runner.describe(query(sql, tokens, sessions.informationSchema()));
    }

    private Optional<Rows> answer(String sql, List<Token> all) {
        List<Token> tokens = withoutEnd(all);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (Statements.isQuery(tokens)) {
            return Optional.of(select(sql, tokens));
        }
        if (tokens.stream().anyMatch(token -> token.is(";"))) {
            throw new SqlFailure(SqlError.SYNTAX, "more than one statement: send them one by one");
        }
        String first = tokens.get(0).text().toUpperCase(Locale.ROOT);
        return switch (first) {
            case "SHOW" -> Optional.of(show(sql, tokens));
            case "DESC", "DESCRIBE", "EXPLAIN" -> Optional.of(explain(sql, tokens));
            case "USE" -> {
                use(Statements.path(tokens, 1));
                yield Optional.empty();
            }
            case "SWITCH" -> {
                Statements.requireCatalog(
                        Statements.path(tokens, 1), sessions.engine().lake().name());
                yield Optional.empty();
            }
            case "KILL" -> {
                sessions.kill(Statements.processId(tokens), tokens.get(1).is("QUERY"));
                yield Optional.empty();
            }
            case "SET", "BEGIN", "START", "COMMIT", "ROLLBACK", "UNLOCK" -> Optional.empty();
            default -> throw Statements.notAllowed(tokens.get(0));
        };
    }

    private static List<Token> withoutEnd(List<Token> tokens) {
        boolean ends = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(";");
        return ends ? tokens.subList(0, tokens.size() - 1) : tokens;
    }

    private Query query(String sql, List<Token> tokens, VirtualTables virtualTables) {
        return new Query(sql, tokens, rewriter.rewrite(tokens), database, virtualTables);
    }

    private Rows select(String sql, List<Token> tokens) {
        boolean asksForSnapshots = tokens.stream()
                .anyMatch(token -> token.kind() == Token.Kind.SYSTEM_VARIABLE
                        && snapshotVariables().containsKey(plain(token.text())));
        Query query = query(sql, tokens, sessions.informationSchema());
        if (asksForSnapshots) {
            return runner.run(query);
        }
        reset();
        Rows rows = runner.run(query);
        String catalog = sessions.engine().lake().name();
        lastSnapshots = runner.lastRead().stream()
                .map(table ->
                        catalog + "." + table.name() + "=" + table.version().snapshotId())
                .collect(Collectors.joining(","));
        lastSnapshotsAt = runner.lastRead().stream()
                .map(table -> table.version().commitMillis())
                .filter(millis -> millis > 0)
                .min(Comparator.naturalOrder())
                .map(millis -> Instant.ofEpochMilli(millis).toString())
                .orElse("");
        return rows;
    }

    private Rows explain(String sql, List<Token> tokens) {
        List<Token> explained = tokens.subList(1, tokens.size());
        if (Statements.isQuery(explained)) {
            return runner.explain(query(sql, explained, sessions.informationSchema()));
        }
        return sessions.showCommands().describe(Statements.path(tokens, 1), database);
    }

    private Rows show(String sql, List<Token> tokens) {
        ListedRows rows = sessions.showCommands().show(tokens, database, snapshotVariables());
        List<Token> where =
                tokens.stream().dropWhile(token -> !token.is("WHERE")).toList();
        if (where.isEmpty()) {
            return rows;
        }
        List<Token> filtered = new ArrayList<>(
                List.of(Token.word("SELECT"), Token.operator("*"), Token.word("FROM"), Token.word(SHOWN)));
        filtered.addAll(where);
        // the rows stand in for a table that only this statement can see
        return runner.run(
                new Query(sql, filtered, rewriter.rewrite(filtered), SHOWN, (schema, table) -> Optional.of(rows)));
    }

    /** @throws SqlFailure 1049 when there is no such database */
    public void use(List<String> path) {
        String catalog = sessions.engine().lake().name();
        List<String> parts = path.size() == 1 && path.get(0).startsWith(catalog + ".")
                ? List.of(catalog, path.get(0).substring(catalog.length() + 1))
                : path;
        if (parts.size() == 2) {
            Statements.requireCatalog(parts.subList(0, 1), catalog);
        }
        String name = parts.get(parts.size() - 1);
        if (parts.size() == 1 && name.equals(catalog)) {
            return;
        }
        if (!name.equalsIgnoreCase(InformationSchema.NAME)
                && !sessions.engine().lake().databases().contains(name)) {
            throw sessions.engine().lake().unknownDatabase(name);
        }
        database = name;
    }

    @Override
    public String systemVariable(String name) {
        String plain = plain(name);
        String ofSnapshots = snapshotVariables().get(plain);
        return ofSnapshots == null ? SystemVariables.value(plain) : ofSnapshots;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^(@@)?((session|global|local)\\.)?", "");
    }

    /** What the last query read: each table with its snapshot, and when the oldest of these was committed. */
    private Map<String, String> snapshotVariables() {
        return Map.of(LAST_SNAPSHOTS, lastSnapshots, LAST_SNAPSHOTS_AT, lastSnapshotsAt);
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public int connectionId() {
        return id;
    }

    /** What a session is doing; an empty statement is nothing. */
    record Activity(String statement, long seconds) {}

    Activity activity() {
        return new Activity(statement, (System.nanoTime() - statementStart) / 1_000_000_000L);
    }

    void kill(boolean queryOnly) {
        runner.cancel("the query was killed");
        if (!queryOnly) {
            disconnect.run();
        }
    }

    /** Back to how the session began, but for its database. */
    public void reset() {
        lastSnapshots = "";
        lastSnapshotsAt = "";
    }

    @Override
    public void close() throws SQLException {
        sessions.closed(id);
        runner.close();
    }
}
