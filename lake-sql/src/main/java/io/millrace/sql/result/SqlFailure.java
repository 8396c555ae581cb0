package io.millrace.sql.result;

/** A statement that cannot be answered; the message goes to the client and names the thing and the fix. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SqlError error;

    public SqlFailure(SqlError error, String message) {
        super(message);
        this.error = error;
    }

    public SqlFailure(SqlError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    public SqlError error() {
        return error;
    }
}
