package io.millrace.gateway.problem;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that is refused or failed; the message is for the caller and holds no secret. */
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Integer retryAfterSeconds;
    private final @Nullable String callId;

    public GatewayException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * @param retryAfterSeconds when it makes sense to ask again, null when it does not
     * @param callId the ledger row that tells more, null when there is none
     */
    public GatewayException(
            ErrorCode code, String message, @Nullable Integer retryAfterSeconds, @Nullable String callId) {
        // Refusals are answers, many a second when the ledger is away: no stack trace.
        super(message, null, false, false);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
        this.callId = callId;
    }

    public ErrorCode code() {
        return code;
    }

    public Optional<Integer> retryAfterSeconds() {
        return Optional.ofNullable(retryAfterSeconds);
    }

    public Optional<String> callId() {
        return Optional.ofNullable(callId);
    }
}
