package io.millrace.gateway.call;

/** A provider's refusal on its way to the caller, as the provider worded it. */
public final class ProviderRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String callId;
    private final int status;
    private final String body;

    ProviderRefused(String callId, int status, String body) {
        super("the provider refused with " + status, null, false, false);
        this.callId = callId;
        this.status = status;
        this.body = body;
    }

    public String callId() {
        return callId;
    }

    public int status() {
        return status;
    }

    public String body() {
        return body;
    }
}
