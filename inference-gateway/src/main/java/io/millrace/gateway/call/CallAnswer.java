package io.millrace.gateway.call;

import io.millrace.gateway.answer.Usage;

/**
 * An answer that is in the ledger.
 *
 * @param hit whether it was paid before, or by another caller of the same moment
 * @param body the provider's answer as a whole document
 */
public record CallAnswer(String callId, boolean hit, Usage usage, String body) {
    CallAnswer asHit() {
        return new CallAnswer(callId, true, usage, body);
    }
}
