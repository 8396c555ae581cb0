package io.millrace.api.hot;

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
    private final Map<Endpoint, Handler> handlers;

    private HotParts(@Nullable HotLookup store, Map<Endpoint, Handler> handlers) {
        this.store = store;
        this.handlers = handlers;
    }

    /**
     * @param hotStore {@code HOST:PORT}, empty for none
     * @param database the app's
     * @param tiered the app's hot tables that are carried into the lake
     * @param query asks the lake
     */
    public static HotParts open(
            String hotStore, String database, List<TableDefinition> tiered, Function<Call, Answer> query) {
        if (hotStore.isBlank()) {
            return new HotParts(null, Map.of());
        }
        HotLookup store = new HotLookup(hotStore, database);
        return new HotParts(
                store,
                Map.of(
                        HotEndpoints.LOOKUP,
                        new HotRows(database, store, new LakeCopies(tiered, new Lookup("lookup", query)))));
    }

    public Map<Endpoint, Handler> handlers() {
        return handlers;
    }

    /** What the index lists. */
    public List<Endpoint> described() {
        return store == null ? List.of() : List.of(HotEndpoints.LOOKUP);
    }

    /** The hot tables; null without a hot store. */
    public @Nullable HotLookup tables() {
        return store;
    }

    @Override
    public void close() {
        if (store != null) {
            try {
                store.close();
            } catch (Exception e) {
                log.warn("the connection to the hot store did not close: {}", e.toString());
            }
        }
    }
}
