package io.millrace.app.doris;

import io.millrace.app.AppException;
import io.millrace.app.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One statement for Doris. Addresses and passwords in it are {@code '${env:NAME}'}.
 *
 * @param file path as the author knows it
 */
public record DorisStatement(String file, Statement statement) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{env:(\\w+)}");

    public int line() {
        return statement.line();
    }

    /** Names of the environment variables it wants. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(statement.text());
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        return names;
    }

    /**
     * The statement as Doris gets it. Never log it: log {@link #toString} instead.
     *
     * @throws AppException naming the variable that is not there
     */
    public String filled(Map<String, String> environment) {
        return PLACEHOLDER.matcher(statement.text()).replaceAll(placeholder -> {
            String value = environment.get(placeholder.group(1));
            if (value == null) {
                throw new AppException(
                        file,
                        line(),
                        "environment variable " + placeholder.group(1) + " is not set: Doris needs it here");
            }
            return Matcher.quoteReplacement(value.replace("\\", "\\\\").replace("'", "''"));
        });
    }

    /** Where it stands and what it begins with, without any value: {@code doris/10_lake.sql:3: CREATE CATALOG lake}. */
    @Override
    public String toString() {
        StringBuilder beginning = new StringBuilder();
        statement.tokens().stream()
                .takeWhile(token -> token.isIdentifier() || token.is("."))
                .limit(12)
                .forEach(token -> beginning
                        .append(
                                beginning.length() == 0
                                                || token.is(".")
                                                || beginning.charAt(beginning.length() - 1) == '.'
                                        ? ""
                                        : " ")
                        .append(token.text()));
        return file + ":" + line() + ": " + beginning;
    }
}
