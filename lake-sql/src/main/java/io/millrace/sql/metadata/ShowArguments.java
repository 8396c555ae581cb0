package io.millrace.sql.metadata;

import io.millrace.sql.dialect.Token;
import io.millrace.sql.lake.TableName;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind SHOW.
 *
 * @param subject the first word that is no modifier, in capitals
 * @param objectKind the word behind CREATE, in capitals, or an empty string
 * @param path the names behind FROM or IN, or of the object to create; a second FROM's database comes first
 */
record ShowArguments(
        String subject,
        boolean full,
        String objectKind,
        List<String> path,
        @Nullable String like) {
    static ShowArguments parse(List<Token> tokens) {
        int at = 1;
        boolean full = false;
        while (word(tokens, at).matches("FULL|GLOBAL|SESSION|LOCAL|EXTENDED")) {
            full |= word(tokens, at).equals("FULL");
            at++;
        }
        String subject = word(tokens, at++);
        String objectKind = subject.equals("CREATE") ? word(tokens, at++) : "";
        List<String> path = new ArrayList<>();
        if (!objectKind.isEmpty()) {
            at = path(tokens, at, path);
        } else if (subject.equals("TABLE") && word(tokens, at).equals("STATUS")) {
            at++;
        }
        String like = null;
        while (at < tokens.size() && !tokens.get(at).is("WHERE")) {
            Token token = tokens.get(at);
            if (token.is("FROM") || token.is("IN")) {
                List<String> names = new ArrayList<>();
                at = path(tokens, at + 1, names);
                path.addAll(0, names);
            } else if (token.is("LIKE") && at + 1 < tokens.size()) {
                like = tokens.get(at + 1).text();
                at += 2;
            } else {
                at++;
            }
        }
        return new ShowArguments(subject, full, objectKind, List.copyOf(path), like);
    }

    private static String word(List<Token> tokens, int at) {
        return at < tokens.size() ? tokens.get(at).text().toUpperCase(Locale.ROOT) : "";
    }

    /** Reads names joined by dots; returns the position behind them. */
    static int path(List<Token> tokens, int start, List<String> path) {
        int at = start;
        while (at < tokens.size() && tokens.get(at).isName()) {
            path.add(tokens.get(at).text());
            if (at + 1 >= tokens.size() || !tokens.get(at + 1).is(".")) {
                return at + 1;
            }
            at += 2;
        }
        return at;
    }

    TableName tableName(String catalog, String database) {
        return tableName(path, catalog, database);
    }

    static TableName tableName(List<String> path, String catalog, String database) {
        if (path.isEmpty()) {
            throw new SqlFailure(SqlError.SYNTAX, "a table's name is missing");
        }
        String table = path.get(path.size() - 1);
        return new TableName(path.size() > 1 ? path.get(path.size() - 2) : inUse(database), table);
    }

    String database(String catalog, String database) {
        return path.isEmpty() || path.get(path.size() - 1).equals(catalog)
                ? inUse(database)
                : path.get(path.size() - 1);
    }

    private static String inUse(String database) {
        if (database.isEmpty()) {
            throw new SqlFailure(SqlError.NO_DATABASE, "no database selected: name one, or USE one first");
        }
        return database;
    }
}
