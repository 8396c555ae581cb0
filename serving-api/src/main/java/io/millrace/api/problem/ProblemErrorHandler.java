package io.millrace.api.problem;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Problems for requests so malformed that no handler sees them, in place of Jetty's HTML page. */
public final class ProblemErrorHandler extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ProblemCode code = status >= 500 ? ProblemCode.INTERNAL_ERROR : ProblemCode.BAD_REQUEST;
        // Jetty knows no path of a request whose first line it could not read.
        String path = status == 400 ? "/" : request.getHttpURI().getPath();
        String detail = status >= 500
                ? "the request could not be handled: see the log of serving-api"
                : "the request is not valid HTTP" + reason(request) + ": check how the path and the query are encoded";
        response.setStatus(status >= 500 ? code.status() : status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        byte[] document = ProblemDocument.of(code, detail, path == null ? "/" : path);
        response.write(true, ByteBuffer.wrap(document), callback);
        return true;
    }

    private static String reason(Request request) {
        @Nullable Object message = request.getAttribute(ERROR_MESSAGE);
        return message == null ? "" : " (" + message + ")";
    }
}
