package io.millrace.api.hot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Handler;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Lookup;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotLookup;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What answers from the hot store; nothing without one. */
public final class HotParts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HotParts.class);

    private final @Nullable HotLookup store;
    private final @Nullable ChangeFeeds feeds;
    private final Map<Endpoint, Handler> handlers;

    private HotParts(@Nullable HotLookup store, @Nullable ChangeFeeds feeds, Map<Endpoint, Handler> handlers) {
        this.store = store;
        this.feeds = feeds;
        this.handlers = handlers;
    }

    /**
     * @param hotStore {@code HOST:PORT}, empty for none
     * @param database the app's
     * @param hotTables the app's, of which some have a copy in the lake
     * @param query asks the lake
     */
    public static HotParts open(
            String hotStore,
            String database,
            ChangeSettings settings,
            List<TableDefinition> hotTables,
            Function<Call, Answer> query) {
        if (hotStore.isBlank()) {
            return new HotParts(null, null, Map.of());
        }
        HotLookup store = new HotLookup(hotStore, database);
        ChangeFeeds feeds = new ChangeFeeds(store, settings);
        return new HotParts(
                store,
                feeds,
                Map.of(
                        HotEndpoints.LOOKUP,
                                new HotRows(database, store, new LakeCopies(hotTables, new Lookup("lookup", query))),
                        HotEndpoints.CHANGES, new HotChanges(database, store, feeds)));
    }

    public Map<Endpoint, Handler> handlers() {
        return handlers;
    }

    /** What the index lists. */
    public List<Endpoint> described() {
        return store == null ? List.of() : List.of(HotEndpoints.LOOKUP, HotEndpoints.CHANGES);
    }

    /** The OpenAPI document with what is no JSON put right. */
    public ObjectNode documented(ObjectNode openApi) {
        if (store != null) {
            HotEndpoints.describe(openApi);
        }
        return openApi;
    }

    /** Ends the feeds, which would not end by themselves. */
    public void endFeeds() {
        if (feeds != null) {
            feeds.close();
        }
    }

    @Override
    public void close() {
        endFeeds();
        if (store != null) {
            try {
                store.close();
            } catch (Exception e) {
                log.warn("the connection to the hot store did not close: {}", e.toString());
            }
        }
    }
}
