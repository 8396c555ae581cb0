package io.millrace.api.sql;

import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failed statement means for the caller. */
final class SqlFailures {
    /** KILL QUERY, MySQL's and MariaDB's own time limits. */
    private static final Set<Integer> INTERRUPTED = Set.of(1317, 3024, 1969);

    private SqlFailures() {}

    static boolean timedOut(SQLException failure) {
        if (INTERRUPTED.contains(failure.getErrorCode())) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTimeoutException || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    static boolean disconnected(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("08");
    }

    static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.SQL_UNAVAILABLE, "the SQL server cannot be reached: try again in a few seconds", 2);
    }

    static ProblemException tooManyRequests() {
        return new ProblemException(
                ProblemCode.TOO_MANY_REQUESTS, "every connection to the SQL server is busy: try again shortly", 1);
    }

    static ProblemException timeout(String endpoint, int seconds) {
        return new ProblemException(
                ProblemCode.QUERY_TIMEOUT,
                "the query of " + endpoint + " ran longer than " + seconds + " s: ask for less at once");
    }

    static ProblemException failed(String endpoint) {
        return new ProblemException(
                ProblemCode.QUERY_FAILED, "the query of " + endpoint + " failed: the log of serving-api says why");
    }
}
