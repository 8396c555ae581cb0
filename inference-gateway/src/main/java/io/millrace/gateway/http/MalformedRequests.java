package io.millrace.gateway.http;

import io.millrace.gateway.problem.ErrorCode;
import io.millrace.gateway.problem.ErrorDocument;
import io.millrace.gateway.problem.GatewayException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors for requests so malformed that no handler sees them, in place of Jetty's HTML page. */
public final class MalformedRequests extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ErrorCode code =
                switch (response.getStatus() / 100) {
                    case 4 -> ErrorCode.INVALID_REQUEST;
                    default -> response.getStatus() == 503 ? ErrorCode.SHUTTING_DOWN : ErrorCode.INTERNAL_ERROR;
                };
        String message =
                switch (code) {
                    case INVALID_REQUEST -> "the request is not valid HTTP: check how it is encoded";
                    case SHUTTING_DOWN -> "the gateway is ending: ask again";
                    default -> "the request could not be handled: see the log of inference-gateway";
                };
        response.setStatus(code.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] document = ErrorDocument.of(new GatewayException(code, message)).getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(document), callback);
        return true;
    }
}
