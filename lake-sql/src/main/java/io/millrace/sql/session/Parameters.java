package io.millrace.sql.session;

import io.millrace.sql.dialect.Token;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;

/** Puts literals where a prepared statement has question marks. */
public final class Parameters {
    private Parameters() {}

    public static int count(List<Token> tokens) {
        return (int) tokens.stream().filter(Parameters::isParameter).count();
    }

    static List<Token> fill(List<Token> tokens, List<Token> values) {
        int expected = count(tokens);
        if (expected != values.size()) {
            throw new SqlFailure(
                    SqlError.SYNTAX,
                    "the statement has " + expected + " parameters and got " + values.size() + " values");
        }
        List<Token> filled = new ArrayList<>();
        int next = 0;
        for (Token token : tokens) {
            if (isParameter(token)) {
                Token value = values.get(next++);
                filled.add(new Token(value.kind(), value.text(), token.start(), token.end()));
            } else {
                filled.add(token);
            }
        }
        return filled;
    }

    static List<Token> fillWithNulls(List<Token> tokens) {
        return tokens.stream()
                .map(token ->
                        isParameter(token) ? new Token(Token.Kind.VERBATIM, "NULL", token.start(), token.end()) : token)
                .toList();
    }

    private static boolean isParameter(Token token) {
        return token.kind() == Token.Kind.PARAMETER;
    }
}
