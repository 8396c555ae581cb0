package io.millrace.sql.dialect;

import java.util.List;

/** Writes tokens as DuckDB's SQL: names in double quotes, strings in single quotes without escapes. */
public final class Printer {
    private Printer() {}

    static String print(List<Token> tokens) {
        StringBuilder sql = new StringBuilder();
        for (Token token : tokens) {
            if (!sql.isEmpty()) {
                sql.append(' ');
            }
            sql.append(
                    switch (token.kind()) {
                        case QUOTED_NAME -> name(token.text());
                        case STRING -> literal(token.text());
                        case WORD -> isPlain(token.text()) ? token.text() : name(token.text());
                        default -> token.text();
                    });
        }
        return sql.toString();
    }

    /** A name for DuckDB. */
    public static String name(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** A string literal for DuckDB. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** Other words could mean something to DuckDB's lexer that they do not mean to Doris, like {@code $$quotes$$}. */
    private static boolean isPlain(String word) {
        return word.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
