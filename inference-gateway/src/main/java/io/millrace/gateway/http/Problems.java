package io.millrace.gateway.http;

import io.javalin.http.Context;
import io.millrace.gateway.call.ProviderRefused;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.ErrorDocument;
import io.millrace.gateway.problem.GatewayException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what went wrong, in OpenAI's shape. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** The failure as callers are told of it. */
    static GatewayException problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof GatewayException problem) {
            return problem;
        }
        if (cause instanceof ProviderRefused refused) {
            return new GatewayException(ErrorCode.PROVIDER_ERROR, refused.body(), null, refused.callId());
        }
        log.error("a request failed", cause);
        return new GatewayException(
                ErrorCode.INTERNAL_ERROR, "the request failed: the log of inference-gateway says why");
    }

    /** Answers with the failure; a provider's refusal goes on as it came. */
    public static void write(Context context, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ProviderRefused refused) {
            context.status(refused.status())
                    .header("Millrace-Call", refused.callId())
                    .contentType("application/json")
                    .result(refused.body());
            return;
        }
        GatewayException problem = problem(cause);
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
        problem.callId().ifPresent(callId -> context.header("Millrace-Call", callId));
        context.status(problem.code().status()).contentType("application/json").result(ErrorDocument.of(problem));
    }
}
