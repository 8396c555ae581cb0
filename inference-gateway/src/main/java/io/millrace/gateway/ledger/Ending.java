package io.millrace.gateway.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended. Tokens and cost are null when the provider did not tell.
 *
 * @param httpStatus what the provider answered last, null when it did not answer
 * @param error why the answer is not served, null when it is
 * @param response what the provider said, null when it said nothing
 */
public record Ending(
        Status status,
        @Nullable Integer promptTokens,
        @Nullable Integer completionTokens,
        @Nullable BigDecimal cost,
        int tries,
        @Nullable Integer httpStatus,
        @Nullable String error,
        Instant finishedAt,
        @Nullable String response) {
    /** The same ending, paid for but not served because of the reason. */
    public Ending rejected(String reason) {
        return new Ending(
                Status.REJECTED, promptTokens, completionTokens, cost, tries, httpStatus, reason, finishedAt, response);
    }
}
