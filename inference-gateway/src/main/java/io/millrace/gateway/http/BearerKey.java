package io.millrace.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** Asks for the gateway's key, when it has one. */
public final class BearerKey implements Handler {
    private final byte[] expected;
    private final boolean asked;

    /** @param key the key, or "" to ask for none */
    public BearerKey(String key) {
        asked = !key.isEmpty();
        expected = ("Bearer " + key).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(Context context) {
        byte[] given =
                Objects.requireNonNullElse(context.header("Authorization"), "").getBytes(StandardCharsets.UTF_8);
        if (asked && !MessageDigest.isEqual(expected, given)) {
            context.header("WWW-Authenticate", "Bearer");
            throw new GatewayException(
                    ErrorCode.INVALID_API_KEY, "the gateway's key is missing or wrong: send Authorization: Bearer KEY");
        }
    }
}
