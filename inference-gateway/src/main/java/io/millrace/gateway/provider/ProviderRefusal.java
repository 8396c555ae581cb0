package io.millrace.gateway.provider;

/** The provider does not want the request: asking again is of no use. Its answer is passed on to the caller. */
public final class ProviderRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    ProviderRefusal(int status, String body) {
        super("the provider refused with " + status, null, false, false);
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The provider's words, without the key. */
    public String body() {
        return body;
    }
}
