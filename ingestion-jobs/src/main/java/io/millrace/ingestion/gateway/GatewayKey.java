package io.millrace.ingestion.gateway;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** The key the gateway asks for, if it asks for one. It is sent and never shown. */
public final class GatewayKey {
    private final String variable;
    private final @Nullable String value;

    private GatewayKey(String variable, @Nullable String value) {
        this.variable = variable;
        this.value = value;
    }

    /**
     * @param variable environment variable with the key; unset for none
     * @throws IllegalStateException when no header could hold it
     */
    public static GatewayKey read(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            return new GatewayKey(variable, null);
        }
        // The HTTP client would say the value it refuses.
        if (!value.strip().chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalStateException("environment variable " + variable
                    + " holds what no header can: set it to the gateway's key on the TaskManager");
        }
        return new GatewayKey(variable, value.strip());
    }

    public void authorize(HttpRequest.Builder request) {
        if (value != null) {
            request.header("Authorization", "Bearer " + value);
        }
    }

    /** What an answer other than 200 says, for the row's {@code error} column. */
    public String refusal(HttpResponse<String> response) {
        int status = response.statusCode();
        String fix = status == 401 || status == 403
                ? " (its key is read from " + variable + ", which is " + (value == null ? "not " : "")
                        + "set on the TaskManager)"
                : "";
        return "gateway answered " + status + ": " + CallFailure.reason(response.body()) + fix;
    }

    /** The text without the key, should it hold it. */
    public String hidden(String text) {
        return value == null ? text : text.replace(value, "***");
    }
}
