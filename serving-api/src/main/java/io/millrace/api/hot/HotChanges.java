package io.millrace.api.hot;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.millrace.api.endpoint.QueryString;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.hot.ChangeLog;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.Position;
import io.millrace.hot.PositionException;
import io.millrace.service.Nearest;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code GET /v1/changes/{table}}: the changes of a table of the hot store, as they happen. */
final class HotChanges implements Handler {
    private static final List<String> PARAMETERS = List.of(HotEndpoints.AFTER, HotEndpoints.FROM);

    private final String database;
    private final HotLookup store;
    private final ChangeFeeds feeds;

    HotChanges(String database, HotLookup store, ChangeFeeds feeds) {
        this.database = database;
        this.store = store;
        this.feeds = feeds;
    }

    @Override
    public void handle(Context context) throws IOException {
        String name = context.pathParam("table");
        try {
            store.requireListening();
            ChangeLog changes = store.changes(name).orElseThrow(() -> HotProblems.noSuchTable(database, name, store));
            if (changes.partitioned()) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "hot." + database + "." + name
                                + " is partitioned: only tables without partitions can be followed");
            }
            Position position = position(context, changes);
            Position latest = changes.latest();
            context.contentType(ChangeEvent.CONTENT_TYPE);
            context.header("Cache-Control", "no-store");
            // Else nginx collects events before it passes them on.
            context.header("X-Accel-Buffering", "no");
            if (!context.method().equals(HandlerType.HEAD)) {
                ServletOutputStream output = context.res().getOutputStream();
                context.future(() -> feeds.open(name, changes, position, latest, output));
            }
        } catch (PositionException e) {
            throw new ProblemException(
                    e.expired() ? ProblemCode.POSITION_EXPIRED : ProblemCode.INVALID_PARAMETER, e.getMessage());
        } catch (HotStoreException e) {
            throw HotProblems.unavailable(e);
        }
    }

    private static Position position(Context context, ChangeLog changes) {
        Map<String, List<String>> query = QueryString.parse(context.queryString());
        for (String name : query.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new ProblemException(
                        ProblemCode.UNKNOWN_PARAMETER,
                        "unknown parameter '" + name + "'" + Nearest.hint(name, PARAMETERS));
            }
        }
        String after = context.header("Last-Event-ID");
        if (after == null && query.containsKey(HotEndpoints.AFTER)) {
            after = query.get(HotEndpoints.AFTER).get(0);
        }
        if (after != null) {
            return changes.position(after);
        }
        if (query.containsKey(HotEndpoints.FROM)) {
            String from = query.get(HotEndpoints.FROM).get(0);
            if (!from.equals("earliest")) {
                throw new ProblemException(
                        ProblemCode.INVALID_PARAMETER,
                        "parameter 'from' has the value '" + from
                                + "': give 'earliest', or leave it out to begin with what comes from now on");
            }
            return changes.earliest();
        }
        return changes.latest();
    }
}
