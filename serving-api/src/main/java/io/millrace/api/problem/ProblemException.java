package io.millrace.api.problem;

/** A request that cannot be answered; the message is the detail its caller reads and holds no SQL and no secret. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final int retryAfterSeconds;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, 0);
    }

    /** @param retryAfterSeconds when trying again may help; 0 for not at all */
    public ProblemException(ProblemCode code, String detail, int retryAfterSeconds) {
        super(detail);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public ProblemCode code() {
        return code;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
