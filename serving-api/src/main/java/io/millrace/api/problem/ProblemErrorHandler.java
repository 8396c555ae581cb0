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
    /** What Jetty gives as the path of a request it could not read. */
    private static final String UNREAD = "/badMessage";

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        boolean unread = path == null || path.equals(UNREAD);
        boolean ours = response.getStatus() >= 500 && !unread;
        response.setStatus(ours ? 500 : 400);
        byte[] document = ours
                ? ProblemDocument.of(
                        ProblemCode.INTERNAL_ERROR,
                        "the request could not be handled: see the log of serving-api",
                        path == null ? "/" : path)
                : ProblemDocument.of(
                        ProblemCode.BAD_REQUEST,
                        "the request is not valid HTTP" + reason(request)
                                + ": check how the path and the query are encoded",
                        path == null || unread ? "/" : path);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(document), callback);
        return true;
    }

    private static String reason(Request request) {
        @Nullable Object message = request.getAttribute(ERROR_MESSAGE);
        return message == null ? "" : " (" + message + ")";
    }
}
