package io.millrace.gateway.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.identity.Kind;

/** The body a provider gets for a caller's request. */
final class UpstreamRequest {
    private UpstreamRequest() {}

    /** @param streamed whether the provider is to stream; it is then asked for the usage, which the ledger needs */
    static String of(CallRequest request, String model, int attempt, boolean streamed) {
        ObjectNode body = request.body().deepCopy();
        body.put("model", model);
        body.remove("stream");
        ObjectNode options = body.path("stream_options") instanceof ObjectNode given ? given : body.objectNode();
        body.remove("stream_options");
        if (streamed) {
            body.put("stream", true);
            body.set("stream_options", options.put("include_usage", true));
        }
        // A model without chance in it would give the rejected answer again.
        if (request.kind() == Kind.CHAT && attempt > 1 && !body.hasNonNull("seed")) {
            body.put("seed", attempt);
        }
        return body.toString();
    }
}
