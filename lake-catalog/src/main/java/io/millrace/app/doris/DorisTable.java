package io.millrace.app.doris;

import io.millrace.app.sql.Statement;
import io.millrace.app.sql.Token;
import io.millrace.app.sql.WithClause;
import java.util.Optional;

/**
 * The declaration of a table of Doris in a pipeline: {@code CREATE TEMPORARY TABLE … WITH ('connector' = 'millrace-doris',
 * …)}.
 */
public final class DorisTable {
    private static final String DEAD_LETTERS = "dead-letters.warehouse";

    private final Statement statement;
    private final WithClause with;

    private DorisTable(Statement statement, WithClause with) {
        this.statement = statement;
        this.with = with;
    }

    /** Empty when the statement is any other. */
    public static Optional<DorisTable> of(Statement statement) {
        boolean table = statement.startsWith("CREATE")
                && statement.tokens().stream()
                        .limit(3)
                        .filter(token -> token.kind() == Token.Kind.WORD)
                        .anyMatch(token -> token.is("TABLE"));
        return table
                ? WithClause.of(statement)
                        .filter(with -> "millrace-doris".equals(with.options().get("connector")))
                        .map(with -> new DorisTable(statement, with))
                : Optional.empty();
    }

    /** The statement with the lake that rows go to which Doris refuses. */
    public String complete(String warehouse) {
        if (with.options().containsKey(DEAD_LETTERS)) {
            return statement.text();
        }
        return statement.text().substring(0, with.end()) + ", '" + DEAD_LETTERS + "' = '" + warehouse.replace("'", "''")
                + "'" + statement.text().substring(with.end());
    }
}
