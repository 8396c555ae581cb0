package io.millrace.app.doris;

import io.millrace.app.AppException;
import io.millrace.app.Problem;
import io.millrace.app.sql.SqlFile;
import io.millrace.app.sql.Statement;
import io.millrace.app.sql.TableReference;
import io.millrace.app.sql.Token;
import io.millrace.service.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of statements for Doris, {@code doris/NN_NAME.sql}; the files are applied in the order of their names, each time
 * the app is deployed.
 *
 * @param file path as the author knows it
 */
public record DorisFile(String file, List<DorisStatement> statements) {
    private static final Pattern ANY_PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}?");
    private static final String ENVIRONMENT = "env:";

    public DorisFile {
        statements = List.copyOf(statements);
    }

    /**
     * @param variables environment variables that a statement may ask for
     * @throws AppException listing every problem of the file
     */
    public static DorisFile parse(String file, String text, List<String> variables) {
        List<Problem> problems = new ArrayList<>();
        if (!file.matches("(.*/)?\\d\\d_\\w+\\.sql")) {
            problems.add(
                    new Problem(file, 0, "its name says when its turn is: call it NN_NAME.sql, like 20_tables.sql"));
        }
        List<DorisStatement> statements = new ArrayList<>();
        for (Statement statement : SqlFile.parse(file, text).statements()) {
            for (Token token : statement.tokens()) {
                checkPlaceholders(file, token, variables, problems);
            }
            statements.add(new DorisStatement(file, statement));
        }
        if (statements.isEmpty()) {
            problems.add(new Problem(file, 0, "no statement in it: write one, or remove the file"));
        }
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return new DorisFile(file, statements);
    }

    private static void checkPlaceholders(String file, Token token, List<String> variables, List<Problem> problems) {
        if (token.is("$")) {
            problems.add(new Problem(
                    file, token.line(), "a placeholder stands in a text: write '${env:NAME}' with its quotes"));
        }
        if (token.kind() != Token.Kind.STRING) {
            return;
        }
        Matcher placeholder = ANY_PLACEHOLDER.matcher(token.text());
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (!name.startsWith(ENVIRONMENT) || !placeholder.group().endsWith("}")) {
                problems.add(new Problem(
                        file, token.line(), "unknown placeholder '" + placeholder.group() + "': write '${env:NAME}'"));
            } else if (!variables.contains(name.substring(ENVIRONMENT.length()))) {
                String variable = name.substring(ENVIRONMENT.length());
                problems.add(new Problem(
                        file,
                        token.line(),
                        "unknown placeholder '${env:" + variable + "}': use a variable of the platform, or list "
                                + variable + " under secrets in app.yaml" + Nearest.hint(variable, variables)));
            }
        }
    }

    /** The lake's tables that Doris is made to read. */
    public List<TableReference> references() {
        return statements.stream()
                .flatMap(statement -> statement.statement().references(List.of("lake")).stream())
                .toList();
    }
}
