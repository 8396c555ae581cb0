package io.millrace.sql.dialect;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns the tokens of a Doris query into DuckDB's SQL text. It only translates: what the text may do is decided
 * afterwards, on the syntax tree DuckDB makes of it.
 */
public final class Rewriter {
    private static final Set<String> HINTS =
            Set.of("STRAIGHT_JOIN", "SQL_NO_CACHE", "SQL_CACHE", "SQL_CALC_FOUND_ROWS", "HIGH_PRIORITY");

    static final Set<String> UNITS =
            Set.of("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR");

    private final SessionValues session;
    private final CallForms calls;

    /** @param macros names of the functions we bring ourselves, in lower case */
    public Rewriter(SessionValues session, Set<String> macros) {
        this.session = session;
        this.calls = new CallForms(this, session, macros);
    }

    /** @throws SqlFailure 1064 when a form cannot be translated */
    public String rewrite(List<Token> statement) {
        StatementLimits.check(statement);
        return Printer.print(translate(statement));
    }

    List<Token> translate(List<Token> tokens) {
        List<Token> result = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            at = step(tokens, at, result);
        }
        return result;
    }

    private int step(List<Token> tokens, int at, List<Token> result) {
        Token token = tokens.get(at);
        return switch (token.kind()) {
            case SYSTEM_VARIABLE -> add(result, value(session.systemVariable(token.text())), at);
            case USER_VARIABLE ->
                throw new SqlFailure(
                        SqlError.NOT_SUPPORTED,
                        "user variable @" + token.text() + " is not supported: write its value");
            case OPERATOR -> operator(tokens, at, result);
            case WORD -> word(tokens, at, result);
            default -> add(result, token, at);
        };
    }

    private static Token value(String text) {
        return text.matches("-?[0-9]+") ? Token.verbatim(text) : Token.string(text);
    }

    private int operator(List<Token> tokens, int at, List<Token> result) {
        Token token = tokens.get(at);
        return switch (token.text()) {
            case "&&" -> add(result, Token.word("AND"), at);
            case "||" -> add(result, Token.word("OR"), at);
            case "<=>" -> add(result, Token.verbatim("IS NOT DISTINCT FROM"), at);
            case "!" -> add(result, Token.word("NOT"), at);
            case ";" ->
                throw new SqlFailure(
                        SqlError.SYNTAX, "more than one statement: send the text after ';' in a call of its own");
            case "@", "{", "}", "\\" ->
                throw new SqlFailure(
                        SqlError.SYNTAX, "syntax error at '" + token.text() + "', character " + (token.start() + 1));
            default -> add(result, token, at);
        };
    }

    private int word(List<Token> tokens, int at, List<Token> result) {
        Token token = tokens.get(at);
        Token next = peek(tokens, at + 1);
        Token before = at == 0 ? Token.operator("") : tokens.get(at - 1);
        String word = token.text().toUpperCase(Locale.ROOT);
        if (before.is(".") || next.is(".")) {
            return add(result, quoted(token), at);
        }
        if (next.is("(")) {
            int end = calls.translate(tokens, at, result);
            if (end > at) {
                return end;
            }
        }
        switch (word) {
            case "DIV" -> {
                return add(result, Token.operator("//"), at);
            }
            case "REGEXP", "RLIKE" -> {
                return regexp(result, at);
            }
            case "LIKE" -> {
                return like(tokens, at, result);
            }
            case "LIMIT" -> {
                return limit(tokens, at, result);
            }
            case "INTERVAL" -> {
                return interval(tokens, at, result);
            }
            case "FROM" -> {
                return next.is("DUAL") ? at + 2 : add(result, token, at);
            }
            case "LEFT" -> {
                return next.is("SEMI") || next.is("ANTI") ? at + 1 : add(result, token, at);
            }
            case "MINUS" -> {
                return add(result, next.is("SELECT") || next.is("(") ? Token.word("EXCEPT") : token, at);
            }
            case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "LOCALTIME" -> {
                return add(result, Token.verbatim("\"now\"()"), at);
            }
            case "CURRENT_USER" -> {
                return add(result, Token.string(session.user() + "@%"), at);
            }
            case "BINARY" -> {
                return at + 1;
            }
            case "COLLATE" -> {
                // texts compare by their characters' numbers, as utf8mb4_bin does
                return at + 2;
            }
            case "X" -> {
                if (next.kind() == Token.Kind.STRING && next.start() == token.end()) {
                    result.add(Token.verbatim("unhex(" + Printer.literal(next.text()) + ")"));
                    return at + 2;
                }
            }
            case "LATERAL" -> {
                if (next.is("VIEW")) {
                    return LateralView.translate(this, tokens, at, result);
                }
            }
            default -> {
                if (HINTS.contains(word) && before.is("SELECT")) {
                    return at + 1;
                }
            }
        }
        boolean name = !next.is("(") && !Keywords.isSyntax(word, next);
        return add(result, name ? quoted(token) : token, at);
    }

    private static int regexp(List<Token> result, int at) {
        boolean not = !result.isEmpty() && result.get(result.size() - 1).is("NOT");
        if (!not) {
            return add(result, Token.operator("~"), at);
        }
        result.remove(result.size() - 1);
        return add(result, Token.operator("!~"), at);
    }

    private static int like(List<Token> tokens, int at, List<Token> result) {
        result.add(tokens.get(at));
        Token pattern = peek(tokens, at + 1);
        if (pattern.kind() != Token.Kind.STRING || peek(tokens, at + 2).is("ESCAPE")) {
            return at + 1;
        }
        result.add(pattern);
        if (pattern.text().indexOf('\\') >= 0) {
            result.add(Token.verbatim("ESCAPE '\\'"));
        }
        return at + 2;
    }

    private static int limit(List<Token> tokens, int at, List<Token> result) {
        result.add(tokens.get(at));
        if (!peek(tokens, at + 2).is(",")) {
            return at + 1;
        }
        result.add(peek(tokens, at + 3));
        result.add(Token.word("OFFSET"));
        result.add(tokens.get(at + 1));
        return at + 4;
    }

    /** {@code INTERVAL amount UNIT}: DuckDB wants the amount in parentheses unless it is a literal. */
    private int interval(List<Token> tokens, int at, List<Token> result) {
        int depth = 0;
        for (int end = at + 1; end < tokens.size(); end++) {
            Token token = tokens.get(end);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth < 0) {
                break;
            }
            if (depth == 0 && end > at + 1 && UNITS.contains(token.text().toUpperCase(Locale.ROOT))) {
                result.add(Token.verbatim("INTERVAL ("));
                result.addAll(translate(tokens.subList(at + 1, end)));
                result.add(Token.verbatim(") " + token.text().toUpperCase(Locale.ROOT)));
                return end + 1;
            }
        }
        return add(result, tokens.get(at), at);
    }

    static Token peek(List<Token> tokens, int at) {
        return at < tokens.size() ? tokens.get(at) : Token.operator("");
    }

    static Token quoted(Token token) {
        return new Token(Token.Kind.QUOTED_NAME, token.text(), token.start(), token.end());
    }

    static int add(List<Token> result, Token token, int at) {
        result.add(token);
        return at + 1;
    }

    /** The position of the parenthesis that closes the one at {@code open}. */
    static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            if (tokens.get(at).is("(")) {
                depth++;
            } else if (tokens.get(at).is(")") && --depth == 0) {
                return at;
            }
        }
        throw new SqlFailure(SqlError.SYNTAX, "a parenthesis is not closed: add )");
    }
}
