package io.millrace.sql.session;

import io.millrace.service.Nearest;
import io.millrace.sql.dialect.Token;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What kind of statement some tokens are. */
final class Statements {
    private static final List<String> READS =
            List.of("SELECT", "WITH", "SHOW", "DESCRIBE", "EXPLAIN", "USE", "SWITCH", "SET", "KILL");
    private static final List<String> WRITES = List.of(
            "INSERT",
            "UPDATE",
            "DELETE",
            "REPLACE",
            "MERGE",
            "CREATE",
            "DROP",
            "ALTER",
            "TRUNCATE",
            "CALL",
            "COPY",
            "LOAD",
            "GRANT",
            "REVOKE");

    private Statements() {}

    static boolean isQuery(List<Token> tokens) {
        for (Token token : tokens) {
            if (!token.is("(")) {
                return token.is("SELECT") || token.is("WITH");
            }
        }
        return false;
    }

    static List<String> path(List<Token> tokens, int start) {
        List<String> path = new ArrayList<>();
        for (int at = start; at < tokens.size(); at += 2) {
            if (!tokens.get(at).isName()
                    || (at + 1 < tokens.size() && !tokens.get(at + 1).is("."))) {
                throw new SqlFailure(
                        SqlError.SYNTAX,
                        "expected a name behind " + tokens.get(0).text() + ", like shop or shop.orders");
            }
            path.add(tokens.get(at).text());
        }
        if (path.isEmpty()) {
            throw new SqlFailure(
                    SqlError.SYNTAX, "a name is missing behind " + tokens.get(0).text());
        }
        return path;
    }

    static void requireCatalog(List<String> path, String catalog) {
        if (!path.get(0).equals(catalog)) {
            throw new SqlFailure(
                    SqlError.UNKNOWN_DATABASE,
                    "catalog " + path.get(0) + " does not exist" + Nearest.hint(path.get(0), List.of(catalog)));
        }
    }

    static int processId(List<Token> tokens) {
        Token last = tokens.get(tokens.size() - 1);
        if (last.kind() != Token.Kind.NUMBER || !last.text().matches("[0-9]{1,9}")) {
            throw new SqlFailure(SqlError.SYNTAX, "KILL needs the number of a session: see SHOW PROCESSLIST");
        }
        return Integer.parseInt(last.text());
    }

    static SqlFailure notAllowed(Token first) {
        String word = first.text().toUpperCase(Locale.ROOT);
        if (first.kind() != Token.Kind.WORD) {
            return new SqlFailure(
                    SqlError.SYNTAX, "a statement begins with a word like SELECT, not with " + first.text());
        }
        if (!WRITES.contains(word) && Nearest.to(word, READS).isPresent()) {
            return new SqlFailure(
                    SqlError.SYNTAX, "syntax error: no statement begins with " + word + Nearest.hint(word, READS));
        }
        return new SqlFailure(
                SqlError.NOT_ALLOWED, "read only: " + word + " is not allowed here: change the data at its source");
    }
}
