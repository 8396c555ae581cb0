package io.millrace.sql.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The texts of the items of a query's outermost SELECT: MySQL names a column without alias by what was written. */
public final class Labels {
    private static final Set<String> ENDS = Set.of(
            "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "MINUS", "QUALIFY");

    private Labels() {}

    /** The written items, in order; empty when there is no SELECT outside parentheses. */
    public static List<String> of(String sql, List<Token> tokens) {
        int start = -1;
        int depth = 0;
        List<String> labels = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean top = depth == 0;
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (!top) {
                continue;
            }
            if (start < 0) {
                start = token.is("SELECT") ? at + 1 : -1;
            } else if (at == start && (token.is("DISTINCT") || token.is("ALL"))) {
                start++;
            } else if (token.is(",") || ends(token)) {
                add(sql, tokens, start, at, labels);
                start = at + 1;
                if (!token.is(",")) {
                    return labels;
                }
            }
        }
        if (start >= 0) {
            add(sql, tokens, start, tokens.size(), labels);
        }
        return labels;
    }

    private static boolean ends(Token token) {
        return token.kind() == Token.Kind.WORD && ENDS.stream().anyMatch(token::is);
    }

    private static void add(String sql, List<Token> tokens, int start, int end, List<String> labels) {
        if (end > start) {
            labels.add(
                    sql.substring(tokens.get(start).start(), tokens.get(end - 1).end()));
        }
    }
}
