package io.millrace.sql.dialect;

import static io.millrace.sql.dialect.Rewriter.closing;
import static io.millrace.sql.dialect.Rewriter.peek;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.List;
import java.util.Locale;

/** {@code LATERAL VIEW explode(list) alias AS column}. */
final class LateralView {
    private LateralView() {}

    static int translate(Rewriter rewriter, List<Token> tokens, int at, List<Token> result) {
        int function = at + (peek(tokens, at + 2).is("OUTER") ? 3 : 2);
        String name = peek(tokens, function).text().toLowerCase(Locale.ROOT);
        if (!name.matches("explode|explode_outer")
                || !peek(tokens, function + 1).is("(")) {
            throw new SqlFailure(SqlError.NOT_SUPPORTED, "LATERAL VIEW " + name + " is not supported: use explode");
        }
        boolean outer = function == at + 3 || name.equals("explode_outer");
        int close = closing(tokens, function + 1);
        Token alias = peek(tokens, close + 1);
        Token column = peek(tokens, close + 3);
        if (!alias.isName() || !peek(tokens, close + 2).is("AS") || !column.isName()) {
            throw new SqlFailure(SqlError.SYNTAX, "LATERAL VIEW explode(...) needs 'alias AS column' behind it");
        }
        result.add(Token.verbatim(outer ? "LEFT JOIN LATERAL (SELECT unnest(" : "CROSS JOIN LATERAL (SELECT unnest("));
        result.addAll(rewriter.translate(tokens.subList(function + 2, close)));
        result.add(Token.verbatim(") AS"));
        result.add(Rewriter.quoted(column));
        result.add(Token.verbatim(") AS"));
        result.add(Rewriter.quoted(alias));
        if (outer) {
            result.add(Token.verbatim("ON TRUE"));
        }
        return close + 4;
    }
}
