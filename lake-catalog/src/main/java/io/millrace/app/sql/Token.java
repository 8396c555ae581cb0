package io.millrace.app.sql;

/**
 * One token of a SQL text.
 *
 * @param text as written; a quoted identifier without its backticks
 * @param start offset of its first character in the file's text
 * @param end offset after its last character
 * @param line 1-based line in the file
 */
public record Token(Kind kind, String text, int start, int end, int line) {
    /** What a token is; comments and white space are none. */
    public enum Kind {
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        SYMBOL
    }

    /** Whether this is the given keyword or symbol, whatever its case. */
    public boolean is(String keyword) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(keyword);
    }

    public boolean isIdentifier() {
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }

    /** What a string literal says: without its quotes, doubled ones being one. */
    public String literal() {
        return text.substring(1, text.length() - 1).replace("''", "'");
    }
}
