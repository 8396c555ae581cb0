package io.millrace.api.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Handler;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.lake.Contents;
import io.millrace.lake.Warehouse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers below {@code /v1/media}; without a lake it says that there is none. */
public final class MediaParts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MediaParts.class);

    private final @Nullable Contents contents;
    private final Map<Endpoint, Handler> handlers;

    private MediaParts(@Nullable Contents contents, Map<Endpoint, Handler> handlers) {
        this.contents = contents;
        this.handlers = handlers;
    }

    /**
     * @param warehouse URI of the lake, "" for none
     * @param query asks the SQL server
     * @param maxStreams files sent at the same time
     */
    public static MediaParts open(String warehouse, Function<Call, Answer> query, int maxStreams) {
        Contents contents = warehouse.isEmpty() ? null : Contents.open(Warehouse.of(warehouse, System.getenv()));
        return new MediaParts(
                contents,
                Map.of(
                        MediaEndpoints.CONTENT, new MediaHandler(contents, query, maxStreams),
                        MediaEndpoints.THUMBNAIL, new ThumbnailHandler(contents != null, query)));
    }

    public Map<Endpoint, Handler> handlers() {
        return handlers;
    }

    /** What the index lists. */
    public List<Endpoint> described() {
        return contents == null ? List.of() : MediaEndpoints.ALL;
    }

    /** The OpenAPI document with what is no JSON put right. */
    public ObjectNode documented(ObjectNode openApi) {
        if (contents != null) {
            MediaEndpoints.describe(openApi);
        }
        return openApi;
    }

    @Override
    public void close() {
        try {
            if (contents != null) {
                contents.close();
            }
        } catch (Exception e) {
            log.warn("the lake's catalog did not close: {}", e.getMessage());
        }
    }
}
