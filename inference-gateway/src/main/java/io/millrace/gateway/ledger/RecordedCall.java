package io.millrace.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A row of the ledger with its bodies.
 *
 * @param row the columns of inference_calls as a JSON object
 */
public record RecordedCall(
        String row, @Nullable String request, @Nullable String response) {}
