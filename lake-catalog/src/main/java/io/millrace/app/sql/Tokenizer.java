package io.millrace.app.sql;

import io.millrace.app.AppException;
import java.util.ArrayList;
import java.util.List;

/** Cuts SQL text into tokens by the lexical rules that Flink SQL, PostgreSQL and Doris share. */
public final class Tokenizer {
    private final String file;
    private final String text;
    private int position;
    private int line = 1;

    private Tokenizer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** @throws AppException with file and line when a string, identifier or comment is not closed */
    public static List<Token> tokenize(String file, String text) {
        return new Tokenizer(file, text).tokens();
    }

    private List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                position++;
            } else if (Character.isWhitespace(c)) {
                position++;
            } else if (text.startsWith("--", position)) {
                position = endOr(text.indexOf('\n', position), text.length());
            } else if (text.startsWith("/*", position) && !text.startsWith("/*+", position)) {
                skipComment();
            } else {
                tokens.add(next(c));
            }
        }
        return tokens;
    }

    private Token next(char c) {
        int start = position;
        int startLine = line;
        Token.Kind kind;
        if (c == '\'' || c == '`' || c == '"') {
            skipQuoted(c);
            kind = c == '\'' ? Token.Kind.STRING : Token.Kind.QUOTED_IDENTIFIER;
        } else if (Character.isJavaIdentifierStart(c)) {
            skipWhile(Character::isJavaIdentifierPart);
            kind = Token.Kind.WORD;
        } else if (Character.isDigit(c)) {
            skipWhile(digit -> Character.isLetterOrDigit(digit) || digit == '.');
            kind = Token.Kind.NUMBER;
        } else {
            position++;
            kind = Token.Kind.SYMBOL;
        }
        String raw = text.substring(start, position);
        String value = kind == Token.Kind.QUOTED_IDENTIFIER ? raw.substring(1, raw.length() - 1) : raw;
        return new Token(kind, value, start, position, startLine);
    }

    private void skipComment() {
        int end = text.indexOf("*/", position + 2);
        if (end < 0) {
            throw new AppException(file, line, "comment opened here is never closed: add */");
        }
        countLines(position, end);
        position = end + 2;
    }

    private void skipQuoted(char quote) {
        int start = position++;
        while (position < text.length()) {
            if (text.charAt(position) == quote) {
                position++;
                if (position >= text.length() || text.charAt(position) != quote) {
                    countLines(start, position);
                    return;
                }
            }
            position++;
        }
        throw new AppException(file, line, "quote " + quote + " opened here is never closed");
    }

    private void skipWhile(java.util.function.IntPredicate part) {
        while (position < text.length() && part.test(text.charAt(position))) {
            position++;
        }
    }

    private void countLines(int from, int to) {
        line += (int) text.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private static int endOr(int index, int otherwise) {
        return index < 0 ? otherwise : index;
    }
}
