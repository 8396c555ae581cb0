package io.millrace.sql.dialect;

import static io.millrace.sql.dialect.Rewriter.closing;
import static io.millrace.sql.dialect.Rewriter.peek;

import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Calls whose arguments are written differently in Doris and DuckDB. */
final class CallForms {
    /** Doris joins the values of GROUP_CONCAT with this when no separator is given. */
    private static final String DEFAULT_SEPARATOR = ", ";

    private final Rewriter rewriter;
    private final SessionValues session;
    private final Set<String> macros;

    CallForms(Rewriter rewriter, SessionValues session, Set<String> macros) {
        this.rewriter = rewriter;
        this.session = session;
        this.macros = macros;
    }

    /** Translates the call at {@code at}; returns the position behind what was consumed, or {@code at} for none. */
    int translate(List<Token> tokens, int at, List<Token> result) {
        String name = tokens.get(at).text().toUpperCase(Locale.ROOT);
        int close = closing(tokens, at + 1);
        List<Token> arguments = tokens.subList(at + 2, close);
        switch (name) {
            case "CAST", "TRY_CAST" -> {
                int as = last(arguments, "AS");
                if (as < 0) {
                    throw new SqlFailure(SqlError.SYNTAX, name + " without AS: write " + name + "(value AS type)");
                }
                cast(arguments.subList(0, as), arguments.subList(as + 1, arguments.size()), result);
            }
            case "CONVERT" -> convert(arguments, result);
            case "GROUP_CONCAT" -> groupConcat(arguments, result);
            case "COUNT" -> {
                if (!peek(arguments, 0).is("DISTINCT") || split(arguments).size() < 2) {
                    return at;
                }
                countDistinct(split(arguments.subList(1, arguments.size())), result);
            }
            case "TIMESTAMPDIFF", "TIMESTAMPADD" -> {
                result.add(new Token(Token.Kind.QUOTED_NAME, name.toLowerCase(Locale.ROOT), 0, 0));
                result.add(Token.operator("("));
                result.add(Token.string(peek(arguments, 0).text().toLowerCase(Locale.ROOT)));
                result.addAll(rewriter.translate(arguments.subList(Math.min(1, arguments.size()), arguments.size())));
                result.add(Token.operator(")"));
            }
            case "DATABASE", "SCHEMA" -> noArguments(arguments, session.database(), result);
            case "USER", "CURRENT_USER", "SESSION_USER" -> noArguments(arguments, session.user() + "@%", result);
            case "VERSION" -> noArguments(arguments, session.systemVariable("version"), result);
            case "CONNECTION_ID" -> result.add(Token.verbatim(String.valueOf(session.connectionId())));
            case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "LOCALTIME" -> result.add(Token.verbatim("\"now\"()"));
            case "CURRENT_DATE" -> result.add(Token.verbatim("\"curdate\"()"));
            default -> {
                if (!macros.contains(name.toLowerCase(Locale.ROOT))) {
                    return at;
                }
                // quoted, a name that is a keyword to DuckDB is an ordinary function
                result.add(new Token(Token.Kind.QUOTED_NAME, name.toLowerCase(Locale.ROOT), 0, 0));
                return at + 1;
            }
        }
        return close + 1;
    }

    private static void noArguments(List<Token> arguments, String value, List<Token> result) {
        if (!arguments.isEmpty()) {
            throw new SqlFailure(SqlError.SYNTAX, "this function takes no arguments");
        }
        result.add(Token.string(value));
    }

    /** Doris' CAST gives NULL where a value does not fit, and cuts fractions off where DuckDB rounds. */
    private void cast(List<Token> value, List<Token> type, List<Token> result) {
        String duckDbType = TypeNames.toDuckDb(type);
        if (TypeNames.isInteger(duckDbType)) {
            result.add(Token.verbatim("\"to_" + duckDbType.toLowerCase(Locale.ROOT) + "\"("));
            result.addAll(rewriter.translate(value));
            result.add(Token.operator(")"));
        } else {
            result.add(Token.verbatim("TRY_CAST("));
            result.addAll(rewriter.translate(value));
            result.add(Token.verbatim("AS " + duckDbType + ")"));
        }
    }

    private void convert(List<Token> arguments, List<Token> result) {
        int using = last(arguments, "USING");
        List<List<Token>> parts = split(arguments);
        if (using > 0) {
            result.add(Token.operator("("));
            result.addAll(rewriter.translate(arguments.subList(0, using)));
            result.add(Token.operator(")"));
        } else if (parts.size() == 2) {
            cast(parts.get(0), parts.get(1), result);
        } else {
            throw new SqlFailure(SqlError.SYNTAX, "CONVERT takes a value and a type: CONVERT(value, type)");
        }
    }

    private void groupConcat(List<Token> arguments, List<Token> result) {
        int separator = last(arguments, "SEPARATOR");
        int order = last(arguments, "ORDER");
        int end = order >= 0 ? order : separator >= 0 ? separator : arguments.size();
        boolean distinct = peek(arguments, 0).is("DISTINCT");
        List<List<Token>> values = split(arguments.subList(distinct ? 1 : 0, end));
        List<Token> by =
                order < 0 ? List.of() : arguments.subList(order, separator > order ? separator : arguments.size());
        List<Token> between = separator >= 0
                ? List.of(peek(arguments, separator + 1))
                : values.size() > 1 ? values.get(values.size() - 1) : List.of(Token.string(DEFAULT_SEPARATOR));
        result.add(Token.verbatim("string_agg(" + (distinct ? "DISTINCT" : "") + " CAST("));
        result.addAll(rewriter.translate(values.get(0)));
        result.add(Token.verbatim("AS VARCHAR),"));
        result.addAll(rewriter.translate(between));
        result.addAll(rewriter.translate(by));
        result.add(Token.operator(")"));
    }

    /** Counts the combinations that hold no NULL. */
    private void countDistinct(List<List<Token>> values, List<Token> result) {
        result.add(Token.verbatim("count(DISTINCT CASE WHEN"));
        String separator = "";
        for (List<Token> value : values) {
            result.add(Token.verbatim(separator + " ("));
            result.addAll(rewriter.translate(value));
            result.add(Token.verbatim(") IS NOT NULL"));
            separator = "AND";
        }
        result.add(Token.verbatim("THEN row("));
        separator = "";
        for (List<Token> value : values) {
            result.add(Token.verbatim(separator));
            result.addAll(rewriter.translate(value));
            separator = ",";
        }
        result.add(Token.verbatim(") END)"));
    }

    /** The last place where {@code word} stands outside parentheses, or -1. */
    private static int last(List<Token> tokens, String word) {
        int depth = 0;
        int found = -1;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                found = at;
            }
        }
        return found;
    }

    /** Splits at the commas outside parentheses and brackets. */
    static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            depth += token.is("(") || token.is("[") ? 1 : token.is(")") || token.is("]") ? -1 : 0;
            if (depth == 0 && token.is(",")) {
                parts.add(tokens.subList(start, at));
                start = at + 1;
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }
}
