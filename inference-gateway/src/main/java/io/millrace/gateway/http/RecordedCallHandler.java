package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.gateway.ledger.Ledger;
import io.millrace.gateway.ledger.LedgerException;
import io.millrace.gateway.ledger.RecordedCall;
import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.GatewayException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the ledger has of a call: its row, and under {@code request} and {@code response} its bodies. */
public final class RecordedCallHandler implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final Executor threads;

    public RecordedCallHandler(Ledger ledger, Executor threads) {
        this.ledger = ledger;
        this.threads = threads;
    }

    @Override
    public void handle(Context context) {
        String callId = context.pathParam("call_id");
        context.future(() -> ledger.call(callId)
                .handleAsync(
                        (found, failure) -> {
                            if (failure == null) {
                                write(context, callId, found);
                            } else {
                                Problems.write(
                                        context,
                                        failure.getCause() instanceof LedgerException
                                                ? new GatewayException(
                                                        ErrorCode.LEDGER_UNAVAILABLE,
                                                        "the ledger cannot be reached: ask again",
                                                        2,
                                                        null)
                                                : failure);
                            }
                            return null;
                        },
                        threads));
    }

    private static void write(Context context, String callId, Optional<RecordedCall> found) {
        if (found.isEmpty()) {
            Problems.write(
                    context, new GatewayException(ErrorCode.NOT_FOUND, "the ledger has no call '" + callId + "'"));
            return;
        }
        RecordedCall call = found.get();
        ObjectNode document = (ObjectNode) json(call.row());
        document.set("request", json(call.request()));
        document.set("response", json(call.response()));
        context.contentType("application/json").result(document.toString());
    }

    /** A body that is not JSON is given as the text it is. */
    private static @Nullable JsonNode json(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
