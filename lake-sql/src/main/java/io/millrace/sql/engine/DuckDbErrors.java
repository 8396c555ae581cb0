package io.millrace.sql.engine;

import io.millrace.service.Nearest;
import io.millrace.sql.result.SqlError;
import io.millrace.sql.result.SqlFailure;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's messages as MySQL errors. */
final class DuckDbErrors {
    private static final Pattern COLUMN = Pattern.compile("Referenced column \"([^\"]*)\" not found");
    private static final Pattern QUALIFIED = Pattern.compile("does not have a column named \"([^\"]*)\"");
    private static final Pattern CANDIDATES = Pattern.compile("Candidate bindings: :?(.*)");
    private static final Pattern PREFIX = Pattern.compile("^(?:[A-Z][A-Za-z]*(?: [A-Za-z]+)* Error: )+");

    private DuckDbErrors() {}

    static SqlFailure failure(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher column = COLUMN.matcher(message);
        Matcher qualified = QUALIFIED.matcher(message);
        if (column.find()) {
            return unknownColumn(column.group(1), message, cause);
        }
        if (qualified.find()) {
            return unknownColumn(qualified.group(1), message, cause);
        }
        return new SqlFailure(error(message), readable(message), cause);
    }

    private static SqlFailure unknownColumn(String name, String message, Exception cause) {
        Matcher candidates = CANDIDATES.matcher(message);
        List<String> known = candidates.find()
                ? Arrays.stream(candidates.group(1).split(","))
                        .map(candidate -> candidate.replaceAll("[\" ]|^.*\\.", ""))
                        .toList()
                : List.of();
        return new SqlFailure(
                SqlError.UNKNOWN_COLUMN,
                "column " + name + " does not exist" + (known.isEmpty() ? "" : Nearest.hint(name, known)),
                cause);
    }

    private static SqlError error(String message) {
        if (message.contains("INTERRUPT")) {
            return SqlError.INTERRUPTED;
        }
        if (message.contains("Out of Memory") || message.contains("OutOfMemoryError")) {
            return SqlError.OUT_OF_MEMORY;
        }
        if (message.contains("Ambiguous reference")) {
            return SqlError.AMBIGUOUS_COLUMN;
        }
        if (message.contains("must appear in the GROUP BY clause")) {
            return SqlError.NOT_GROUPED;
        }
        if (message.contains("Parser Error")) {
            return SqlError.SYNTAX;
        }
        if (message.contains("Conversion Error") || message.contains("Out of Range")) {
            return SqlError.WRONG_VALUE;
        }
        if (message.contains("Permission Error")) {
            return SqlError.NOT_ALLOWED;
        }
        if (message.contains("Referenced table")) {
            return SqlError.UNKNOWN_COLUMN;
        }
        return SqlError.OTHER;
    }

    /** Without the excerpt of the SQL, which is not the text the client sent. */
    private static String readable(String message) {
        String text = message.split("\n\nLINE |\nLINE |\n\tat ")[0];
        text = PREFIX.matcher(text).replaceFirst("").strip();
        if (error(message) == SqlError.OUT_OF_MEMORY) {
            return "the query needs more memory than memoryLimitMebibytes gives: read fewer rows or columns (" + text
                    + ")";
        }
        return text;
    }

    /** Whether a file the query was planned with has gone, as it does an hour after its last snapshot. */
    static boolean isMissingFile(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No such file")
                    || message.contains("No files found")
                    || message.contains("FileNotFoundException")
                    || (message.contains("does not exist") && message.contains("File"))) {
                return true;
            }
        }
        return false;
    }
}
