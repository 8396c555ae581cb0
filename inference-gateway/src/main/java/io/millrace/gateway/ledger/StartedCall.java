package io.millrace.gateway.ledger;

import io.millrace.gateway.identity.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is known before the provider is asked.
 *
 * @param request the body sent to the provider
 */
public record StartedCall(
        String callId,
        String identity,
        int attempt,
        Kind kind,
        String alias,
        String model,
        String modelRevision,
        @Nullable String caller,
        @Nullable String callerKey,
        @Nullable Long inputVersion,
        @Nullable String prompt,
        boolean streamed,
        Instant startedAt,
        String request) {
    /** The same call under the revision that was learned meanwhile. */
    public StartedCall withRevision(String identity, String modelRevision) {
        return new StartedCall(
                callId,
                identity,
                attempt,
                kind,
                alias,
                model,
                modelRevision,
                caller,
                callerKey,
                inputVersion,
                prompt,
                streamed,
                startedAt,
                request);
    }
}
