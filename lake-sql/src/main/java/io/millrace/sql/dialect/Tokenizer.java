package io.millrace.sql.dialect;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a statement by the lexical rules MySQL and Doris share: back-quoted names, single- and double-quoted strings
 * with backslash escapes and doubled quotes, {@code --}, {@code #} and block comments.
 */
public final class Tokenizer {
    private static final List<String> OPERATORS =
            List.of("<=>", "->>", "<<", ">>", "<=", ">=", "<>", "!=", "||", "&&", "->", "::");

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String sql) {
        this.sql = sql;
    }

    /** @throws SqlFailure when a quote or comment is not closed */
    public static List<Token> tokenize(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        while (tokenizer.at < sql.length()) {
            tokenizer.next();
        }
        return List.copyOf(tokenizer.tokens);
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '#' || startsLineComment()) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            comment();
        } else if (c == '`') {
            quotedName();
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (sql.startsWith("@@", at)) {
            variable(2, Token.Kind.SYSTEM_VARIABLE);
        } else if (c == '@') {
            variable(1, Token.Kind.USER_VARIABLE);
        } else if (startsNumber(c)) {
            number();
        } else if (isWordCharacter(c)) {
            int start = at;
            while (at < sql.length() && isWordCharacter(sql.charAt(at))) {
                at++;
            }
            add(Token.Kind.WORD, sql.substring(start, at), start);
        } else {
            operator(c);
        }
    }

    private boolean startsLineComment() {
        return sql.startsWith("--", at) && (at + 2 >= sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
    }

    private void comment() {
        int end = sql.indexOf("*/", at + 2);
        if (end < 0) {
            throw new SqlFailure(SqlError.SYNTAX, "comment is not closed: add */");
        }
        if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
            // MySQL would run what stands in it, so leaving it out silently would change the meaning
            if (!tokens.isEmpty() || !sql.substring(end + 2).replace(";", "").isBlank()) {
                throw new SqlFailure(
                        SqlError.SYNTAX,
                        "conditional comments /*! ... */ are not supported: write the text without them");
            }
        }
        at = end + 2;
    }

    private void quotedName() {
        int start = at++;
        StringBuilder name = new StringBuilder();
        while (true) {
            char c = read("name `" + name + " is not closed: add `");
            if (c != '`') {
                name.append(c);
            } else if (at < sql.length() && sql.charAt(at) == '`') {
                name.append('`');
                at++;
            } else {
                break;
            }
        }
        add(Token.Kind.QUOTED_NAME, name.toString(), start);
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder text = new StringBuilder();
        while (true) {
            char c = read("string is not closed: add " + quote);
            if (c == '\\') {
                escape(text, read("string is not closed: add " + quote));
            } else if (c != quote) {
                text.append(c);
            } else if (at < sql.length() && sql.charAt(at) == quote) {
                text.append(quote);
                at++;
            } else {
                break;
            }
        }
        if (text.indexOf("\0") >= 0) {
            throw new SqlFailure(SqlError.SYNTAX, "a string holds a zero byte: use unhex('00')");
        }
        add(Token.Kind.STRING, text.toString(), start);
    }

    private static void escape(StringBuilder text, char c) {
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'Z' -> text.append('\u001a');
            case '0' -> text.append('\0');
            // in LIKE patterns the backslash itself is the escape character
            case '%', '_' -> text.append('\\').append(c);
            default -> text.append(c);
        }
    }

    private void variable(int prefix, Token.Kind kind) {
        int start = at;
        at += prefix;
        if (at < sql.length() && sql.charAt(at) == '`') {
            quotedName();
            Token name = tokens.remove(tokens.size() - 1);
            add(kind, name.text(), start);
            return;
        }
        int name = at;
        while (at < sql.length() && (isWordCharacter(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(kind, sql.substring(name, at), start);
    }

    private boolean startsNumber(char c) {
        boolean afterDot = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(".");
        return (isDigit(c) && !afterDot)
                || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)) && !afterName());
    }

    private boolean afterName() {
        return !tokens.isEmpty()
                && tokens.get(tokens.size() - 1).end() == at
                && tokens.get(tokens.size() - 1).isName();
    }

    private void number() {
        int start = at;
        while (at < sql.length()
                && (isWordCharacter(sql.charAt(at)) || sql.charAt(at) == '.' || isExponentSign(start))) {
            at++;
        }
        String text = sql.substring(start, at);
        boolean number = text.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+");
        add(number ? Token.Kind.NUMBER : Token.Kind.QUOTED_NAME, text, start);
    }

    private boolean isExponentSign(int start) {
        char c = sql.charAt(at);
        char before = sql.charAt(at - 1);
        return (c == '-' || c == '+')
                && (before == 'e' || before == 'E')
                && !sql.startsWith("0x", start)
                && at + 1 < sql.length()
                && isDigit(sql.charAt(at + 1));
    }

    private void operator(char c) {
        int start = at;
        String text = String.valueOf(c);
        for (String candidate : OPERATORS) {
            if (sql.startsWith(candidate, at)) {
                text = candidate;
                break;
            }
        }
        at += text.length();
        add(c == '?' ? Token.Kind.PARAMETER : Token.Kind.OPERATOR, text, start);
    }

    private char read(String whenMissing) {
        if (at >= sql.length()) {
            throw new SqlFailure(SqlError.SYNTAX, whenMissing);
        }
        return sql.charAt(at++);
    }

    private void add(Token.Kind kind, String text, int start) {
        tokens.add(new Token(kind, text, start, at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
