package io.millrace.models.api;

import java.util.Locale;

/** Everything that can be wrong with a request. The codes are part of the API: they never change their meaning. */
public enum ApiError {
    INVALID_REQUEST(400, "invalid_request_error"),
    CONTEXT_LENGTH_EXCEEDED(400, "invalid_request_error"),
    /** A field takes a number of the user's message and the message holds none. */
    NO_NUMBER_IN_INPUT(400, "invalid_request_error"),
    MODEL_NOT_FOUND(404, "invalid_request_error"),
    NO_SUCH_PATH(404, "invalid_request_error"),
    METHOD_NOT_ALLOWED(405, "invalid_request_error"),
    REQUEST_TOO_LARGE(413, "invalid_request_error"),
    TOO_MANY_REQUESTS(429, "rate_limit_error"),
    INTERNAL_ERROR(500, "server_error"),
    NOT_READY(503, "server_error");

    private final int status;
    private final String type;

    ApiError(int status, String type) {
        this.status = status;
        this.type = type;
    }

    public int status() {
        return status;
    }

    /** OpenAI's error type. */
    public String type() {
        return type;
    }

    /** As callers read it: {@code model_not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
