package io.millrace.models.api;

/** A request that cannot be answered; the message is what its caller reads. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiError error;

    public ApiException(ApiError error, String message) {
        super(message);
        this.error = error;
    }

    /** A request whose body is wrong. */
    public static ApiException invalid(String message) {
        return new ApiException(ApiError.INVALID_REQUEST, message);
    }

    public ApiError error() {
        return error;
    }

    /** Seconds after which trying again may help; 0 for not at all. */
    public int retryAfterSeconds() {
        return error == ApiError.TOO_MANY_REQUESTS || error == ApiError.NOT_READY ? 1 : 0;
    }
}
