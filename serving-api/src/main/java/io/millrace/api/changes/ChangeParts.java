package io.millrace.api.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Handler;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.hot.HotLookup;
import io.millrace.lake.LakeChanges;
import io.millrace.lake.Warehouse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers with feeds of changes; nothing without a hot store and a lake. */
public final class ChangeParts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChangeParts.class);

    private final @Nullable LakeChanges lake;
    private final @Nullable ChangeFeeds feeds;
    private final Map<Endpoint, Handler> handlers;

    private ChangeParts(@Nullable LakeChanges lake, @Nullable ChangeFeeds feeds, Map<Endpoint, Handler> handlers) {
        this.lake = lake;
        this.feeds = feeds;
        this.handlers = handlers;
    }

    /**
     * @param database the app's
     * @param hot null for none
     * @param warehouse URI of the lake, blank for none
     */
    public static ChangeParts open(
            String database, ChangeSettings settings, @Nullable HotLookup hot, String warehouse) {
        if (hot == null && warehouse.isBlank()) {
            return new ChangeParts(null, null, Map.of());
        }
        LakeChanges lake =
                warehouse.isBlank() ? null : LakeChanges.open(Warehouse.of(warehouse, System.getenv()), database);
        ChangeFeeds feeds = new ChangeFeeds(settings);
        return new ChangeParts(
                lake,
                feeds,
                Map.of(ChangesEndpoint.CHANGES, new ChangesHandler(new ChangeSources(database, hot, lake), feeds)));
    }

    /** Whose changes are told; null for none. */
    public @Nullable LakeChanges lake() {
        return lake;
    }

    public Map<Endpoint, Handler> handlers() {
        return handlers;
    }

    /** What the index lists. */
    public List<Endpoint> described() {
        return List.copyOf(handlers.keySet());
    }

    /** The OpenAPI document with what is no JSON put right. */
    public ObjectNode documented(ObjectNode openApi) {
        if (!handlers.isEmpty()) {
            ChangesEndpoint.describe(openApi);
        }
        return openApi;
    }

    /** Ends the feeds, which would not end by themselves. */
    @Override
    public void close() {
        if (feeds != null) {
            feeds.close();
        }
        if (lake != null) {
            try {
                lake.close();
            } catch (Exception e) {
                log.warn("the lake's catalog did not close: {}", e.toString());
            }
        }
    }
}
