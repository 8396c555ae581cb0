package io.millrace.sql.dialect;

/**
 * One lexical piece of a statement.
 *
 * @param text the meaning: quotes and escapes undone
 * @param start offset of its first character in the statement
 * @param end offset behind its last character
 */
public record Token(Kind kind, String text, int start, int end) {
    public enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        PARAMETER,
        SYSTEM_VARIABLE,
        USER_VARIABLE,
        OPERATOR,
        /** DuckDB SQL made by a rewrite, printed as it is. */
        VERBATIM
    }

    public static Token word(String text) {
        return new Token(Kind.WORD, text, 0, 0);
    }

    public static Token operator(String text) {
        return new Token(Kind.OPERATOR, text, 0, 0);
    }

    public static Token string(String text) {
        return new Token(Kind.STRING, text, 0, 0);
    }

    public static Token verbatim(String text) {
        return new Token(Kind.VERBATIM, text, 0, 0);
    }

    public boolean is(String wordOrOperator) {
        return (kind == Kind.WORD || kind == Kind.OPERATOR) && text.equalsIgnoreCase(wordOrOperator);
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
