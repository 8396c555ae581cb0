package io.millrace.gateway.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.identity.CallIdentity;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.provider.Audio;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks.
 *
 * @param alias the model as the caller names it
 * @param body the request as the caller sent it
 * @param streamed whether the caller wants chunks
 * @param rerun what makes it a deliberate re-run, or ""
 * @param audio the recording to be transcribed, whose hash the body holds; null for calls of other kinds
 */
public record CallRequest(
        Kind kind,
        String alias,
        ObjectNode body,
        boolean streamed,
        @Nullable String caller,
        @Nullable String callerKey,
        @Nullable Long inputVersion,
        @Nullable String prompt,
        String rerun,
        @Nullable Audio audio) {
    String identity(String model, String revision, int attempt) {
        return CallIdentity.of(kind, model, revision, body, attempt, rerun);
    }
}
