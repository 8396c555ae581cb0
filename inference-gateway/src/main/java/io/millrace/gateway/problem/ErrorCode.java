package io.millrace.gateway.problem;

import java.util.Locale;

/** The stable codes of the gateway's errors, each with its HTTP status and OpenAI's error type. */
public enum ErrorCode {
    INVALID_REQUEST(400, "invalid_request_error"),
    INVALID_API_KEY(401, "invalid_request_error"),
    MODEL_NOT_FOUND(404, "invalid_request_error"),
    NOT_FOUND(404, "invalid_request_error"),
    METHOD_NOT_ALLOWED(405, "invalid_request_error"),
    REQUEST_TOO_LARGE(413, "invalid_request_error"),
    TOO_MANY_CALLS(429, "rate_limit_error"),
    INTERNAL_ERROR(500, "server_error"),
    ANSWER_REJECTED(502, "server_error"),
    ANSWER_SUPERSEDED(502, "server_error"),
    PROVIDER_ERROR(502, "server_error"),
    PROVIDER_UNREACHABLE(502, "server_error"),
    PROVIDER_BUSY(503, "server_error"),
    LEDGER_UNAVAILABLE(503, "server_error"),
    SHUTTING_DOWN(503, "server_error"),
    PROVIDER_TIMEOUT(504, "server_error");

    private final int status;
    private final String type;

    ErrorCode(int status, String type) {
        this.status = status;
        this.type = type;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    /** As it stands in an error document, e.g. {@code ledger_unavailable}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
