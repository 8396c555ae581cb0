package io.millrace.app.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code WITH ('key' = 'value', …)} of a statement.
 *
 * @param lines of each option's value, in the statement's file
 * @param end offset of the closing parenthesis in the statement's text
 */
public record WithClause(Map<String, String> options, Map<String, Integer> lines, int end) {
    /** The last one; empty when there is none or when it holds anything but texts. */
    public static Optional<WithClause> of(Statement statement) {
        List<Token> tokens = statement.tokens();
        for (int i = tokens.size() - 2; i >= 0; i--) {
            if (tokens.get(i).is("WITH") && tokens.get(i + 1).is("(")) {
                return read(statement, i + 2);
            }
        }
        return Optional.empty();
    }

    private static Optional<WithClause> read(Statement statement, int first) {
        List<Token> tokens = statement.tokens();
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (int i = first; i + 3 < tokens.size(); i += 4) {
            boolean option = tokens.get(i).kind() == Token.Kind.STRING
                    && tokens.get(i + 1).is("=")
                    && tokens.get(i + 2).kind() == Token.Kind.STRING;
            if (!option) {
                return Optional.empty();
            }
            options.put(tokens.get(i).literal(), tokens.get(i + 2).literal());
            lines.put(tokens.get(i).literal(), tokens.get(i + 2).line());
            Token after = tokens.get(i + 3);
            if (after.is(")")) {
                return Optional.of(new WithClause(
                        options, lines, after.start() - tokens.get(0).start()));
            }
            if (!after.is(",")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
