package io.millrace.app;

import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.sql.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One Flink job: a file of Flink SQL.
 *
 * @param name the file's name without {@code .sql}
 */
public record Pipeline(String name, SqlFile sql) {
    static final List<String> CATALOGS = List.of("lake", "hot", "cdc", "events");

    /** The statements that write; all of them are one statement set. */
    public List<Statement> inserts() {
        return sql.statements().stream().filter(Pipeline::isInsert).toList();
    }

    /** What is run before them: CREATE MODEL, CREATE TEMPORARY VIEW and the like. */
    public List<Statement> preparations() {
        return sql.statements().stream()
                .filter(statement -> !isInsert(statement) && !isSetting(statement))
                .toList();
    }

    /** Flink settings of this job alone: {@code SET 'key' = 'value'}. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Statement statement : sql.statements()) {
            if (isSetting(statement)) {
                settings.put(
                        statement.tokens().get(1).literal(),
                        statement.tokens().get(3).literal());
            }
        }
        return settings;
    }

    private static boolean isSetting(Statement statement) {
        List<Token> tokens = statement.tokens();
        return tokens.size() == 4
                && tokens.get(0).is("SET")
                && tokens.get(1).kind() == Token.Kind.STRING
                && tokens.get(2).is("=")
                && tokens.get(3).kind() == Token.Kind.STRING;
    }

    /** Every table of the lake, of the hot store or of a source that the file names. */
    public List<TableReference> references() {
        return sql.statements().stream()
                .flatMap(statement -> statement.references(CATALOGS).stream())
                .toList();
    }

    private static boolean isInsert(Statement statement) {
        return statement.startsWith("INSERT");
    }
}
