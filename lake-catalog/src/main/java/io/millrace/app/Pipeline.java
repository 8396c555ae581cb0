package io.millrace.app;

import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import java.util.List;

/**
 * One Flink job: a file of Flink SQL.
 *
 * @param name the file's name without {@code .sql}
 */
public record Pipeline(String name, SqlFile sql) {
    static final List<String> CATALOGS = List.of("lake", "cdc", "events");

    /** The statements that write; all of them are one statement set. */
    public List<Statement> inserts() {
        return sql.statements().stream().filter(Pipeline::isInsert).toList();
    }

    /** What is run before them: SET, CREATE MODEL, CREATE TEMPORARY VIEW and the like. */
    public List<Statement> preparations() {
        return sql.statements().stream()
                .filter(statement -> !isInsert(statement))
                .toList();
    }

    /** Every table of the lake or of a source that the file names. */
    public List<TableReference> references() {
        return sql.statements().stream()
                .flatMap(statement -> statement.references(CATALOGS).stream())
                .toList();
    }

    private static boolean isInsert(Statement statement) {
        return statement.startsWith("INSERT");
    }
}
