package io.millrace.app.endpoint;

import io.millrace.app.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a query by the lexical rules of MySQL and Doris and turns {@code :name} into {@code ?}. Strings, quoted
 * identifiers and comments are never looked into; comments are dropped, except hints ({@code /*+}), so that the driver
 * and the server cannot read them differently.
 */
final class StatementScanner {
    /** A place where the query names a parameter. */
    record Use(String name, int line) {}

    private static final Map<String, String> WRITES = Map.of(
            "INSERT", "an INSERT",
            "UPDATE", "an UPDATE or a locking read",
            "DELETE", "a DELETE",
            "INTO", "SELECT … INTO");

    private final String file;
    private final String text;
    private final List<Problem> problems;
    private final StringBuilder sql = new StringBuilder();
    private final List<Use> uses = new ArrayList<>();
    private int position;
    private int line;
    private int depth;
    private boolean ended;
    private boolean limited;
    private String firstWord = "";

    /** @param firstLine the line of the file on which the text begins */
    StatementScanner(String file, String text, int firstLine, List<Problem> problems) {
        this.file = file;
        this.text = text;
        this.line = firstLine;
        this.problems = problems;
    }

    EndpointStatement scan() {
        int firstLine = line;
        while (position < text.length()) {
            step();
        }
        String statement = sql.toString().strip();
        if (statement.isEmpty()) {
            problem(firstLine, "no query: write one SELECT below the header");
        } else if (!Set.of("SELECT", "WITH").contains(firstWord)) {
            problem(firstLine, "not a query: the statement must begin with SELECT or WITH");
        }
        return new EndpointStatement(statement, uses.stream().map(Use::name).toList(), limited);
    }

    List<Use> uses() {
        return uses;
    }

    private void step() {
        char c = text.charAt(position);
        if (c == '-' && next() == '-') {
            dashes();
        } else if (c == '#') {
            skip(lineEnd());
        } else if (c == '/' && next() == '*') {
            blockComment();
        } else if (Character.isWhitespace(c)) {
            keep(position + 1);
        } else if (ended) {
            problem(line, "two statements: an endpoint is one query, remove what follows the ';'");
            position = text.length();
        } else if (c == '\'' || c == '"' || c == '`') {
            quoted(c);
        } else if (wordPart(c)) {
            word();
        } else {
            symbol(c);
        }
    }

    private void symbol(char c) {
        if (c == ':' && wordStart(next()) && (position == 0 || text.charAt(position - 1) != ':')) {
            int end = wordEnd(position + 1);
            uses.add(new Use(text.substring(position + 1, end), line));
            sql.append('?');
            skip(end);
        } else if (c == '?') {
            problem(line, "'?' stands for nothing here: name the parameter, as in :customer_id");
            skip(position + 1);
        } else if (c == ';') {
            ended = true;
            skip(position + 1);
        } else {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            keep(position + 1);
        }
    }

    private void word() {
        int end = wordEnd(position);
        String word = text.substring(position, end).toUpperCase(Locale.ROOT);
        boolean qualified = position > 0 && text.charAt(position - 1) == '.';
        if (firstWord.isEmpty()) {
            firstWord = word;
        } else if (depth == 0 && !qualified) {
            limited |= word.equals("LIMIT");
            if (WRITES.containsKey(word)) {
                problem(line, WRITES.get(word) + " is not a query: an endpoint only reads");
            }
        }
        // The colon of `a:b` or `1:n` belongs to the expression, not to a parameter.
        if (end < text.length() && text.charAt(end) == ':' && end + 1 < text.length()) {
            end++;
        }
        keep(end);
    }

    private void dashes() {
        if (position + 2 < text.length() && !Character.isWhitespace(text.charAt(position + 2))) {
            problem(
                    line,
                    "'--' without a space is a comment to some servers and two minus signs to others:"
                            + " write '-- ' or '- -'");
        }
        skip(lineEnd());
    }

    private void blockComment() {
        int close = text.indexOf("*/", position + 2);
        if (close < 0) {
            problem(line, "comment is not closed: add '*/'");
            skip(text.length());
        } else if (text.startsWith("/*+", position)) {
            keep(close + 2);
        } else {
            sql.append(' ');
            skip(close + 2);
        }
    }

    private void quoted(char quote) {
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '`') {
                i++;
            } else if (c == quote && i + 1 < text.length() && text.charAt(i + 1) == quote) {
                i++;
            } else if (c == quote) {
                keep(i + 1);
                return;
            }
        }
        problem(line, (quote == '`' ? "identifier" : "string") + " is not closed: add " + quote);
        skip(text.length());
    }

    private char next() {
        return position + 1 < text.length() ? text.charAt(position + 1) : ' ';
    }

    private int lineEnd() {
        int end = text.indexOf('\n', position);
        return end < 0 ? text.length() : end;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < text.length() && wordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean wordStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    private static boolean wordPart(char c) {
        return wordStart(c) || c == '$' || Character.isDigit(c);
    }

    private void keep(int end) {
        sql.append(text, position, end);
        skip(end);
    }

    private void skip(int end) {
        for (; position < end; position++) {
            if (text.charAt(position) == '\n') {
                line++;
            }
        }
    }

    private void problem(int where, String message) {
        problems.add(new Problem(file, where, message));
    }
}
