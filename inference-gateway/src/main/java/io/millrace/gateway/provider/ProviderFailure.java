package io.millrace.gateway.provider;

import io.millrace.gateway.problem.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A try that brought no answer; another one may. The message holds no key. */
public final class ProviderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Integer status;
    private final @Nullable Duration retryAfter;

    /**
     * @param status what the provider answered, null when it did not
     * @param retryAfter how long it asks to be left alone, null when it did not say
     */
    ProviderFailure(ErrorCode code, String message, @Nullable Integer status, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** An answer that began and did not end as it should. */
    public static ProviderFailure broken(String message) {
        return new ProviderFailure(ErrorCode.PROVIDER_ERROR, message, 200, null);
    }

    public ErrorCode code() {
        return code;
    }

    public @Nullable Integer status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
