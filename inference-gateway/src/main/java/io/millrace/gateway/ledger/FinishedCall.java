package io.millrace.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A call of the ledger whose answer was paid: {@link Status#DONE} or {@link Status#REJECTED}.
 *
 * @param reason why it was rejected, "" when it was not
 */
public record FinishedCall(
        String callId,
        boolean rejected,
        String reason,
        @Nullable Integer promptTokens,
        @Nullable Integer completionTokens,
        String response) {}
