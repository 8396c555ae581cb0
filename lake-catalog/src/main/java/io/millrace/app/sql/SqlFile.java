package io.millrace.app.sql;

import io.millrace.app.AppException;
import java.util.ArrayList;
import java.util.List;

/**
 * A SQL file of an app.
 *
 * @param file path as the author knows it
 * @param statements in order; {@code EXECUTE STATEMENT SET BEGIN … END} is dissolved into its statements, for all INSERTs
 *     of a file are one job anyway
 */
public record SqlFile(String file, List<Statement> statements) {
    public SqlFile {
        statements = List.copyOf(statements);
    }

    /** @throws AppException with file and line when the text cannot be cut into statements */
    public static SqlFile parse(String file, String text) {
        List<Statement> statements = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        boolean inSet = false;
        for (Token token : Tokenizer.tokenize(file, text)) {
            if (token.is(";")) {
                add(statements, current, text);
                current = new ArrayList<>();
                continue;
            }
            current.add(token);
            if (isSetOpening(current)) {
                inSet = true;
                current = new ArrayList<>();
            } else if (inSet && current.size() == 1 && token.is("END")) {
                inSet = false;
                current = new ArrayList<>();
            }
        }
        add(statements, current, text);
        if (inSet) {
            throw new AppException(file, 0, "EXECUTE STATEMENT SET BEGIN without END: close it with END;");
        }
        return new SqlFile(file, statements);
    }

    private static boolean isSetOpening(List<Token> tokens) {
        int size = tokens.size();
        return size >= 3
                && size <= 4
                && tokens.get(size - 1).is("BEGIN")
                && tokens.get(size - 2).is("SET")
                && tokens.get(size - 3).is("STATEMENT");
    }

    private static void add(List<Statement> statements, List<Token> tokens, String text) {
        if (!tokens.isEmpty()) {
            Token first = tokens.get(0);
            String statement =
                    text.substring(first.start(), tokens.get(tokens.size() - 1).end());
            statements.add(new Statement(statement, tokens, first.line()));
        }
    }
}
