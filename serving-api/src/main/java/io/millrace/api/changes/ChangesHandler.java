package io.millrace.api.changes;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.millrace.api.endpoint.QueryString;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.changes.ChangeLog;
import io.millrace.changes.Position;
import io.millrace.changes.PositionException;
import io.millrace.changes.StoreException;
import io.millrace.service.Nearest;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** {@code GET /v1/changes/{table}}: the changes of a table as they happen. No thread of the server waits for a store. */
final class ChangesHandler implements Handler {
    private static final List<String> PARAMETERS = List.of(ChangesEndpoint.AFTER, ChangesEndpoint.FROM);
    private static final int ASKING_THREADS = 4;

    private final ChangeSources sources;
    private final ChangeFeeds feeds;
    private final Executor asking = Executors.newFixedThreadPool(ASKING_THREADS, task -> {
        Thread thread = new Thread(task, "changes-asking");
        thread.setDaemon(true);
        return thread;
    });

    ChangesHandler(ChangeSources sources, ChangeFeeds feeds) {
        this.sources = sources;
        this.feeds = feeds;
    }

    /** @param latest asked for after the position */
    private record Begin(ChangeLog changes, Position position, Position latest) {}

    @Override
    public void handle(Context context) throws IOException {
        String table = context.pathParam("table");
        Function<ChangeLog, Position> where = where(context);
        ServletOutputStream output = context.res().getOutputStream();
        context.future(() -> CompletableFuture.supplyAsync(() -> begin(table, where), asking)
                .thenCompose(begin -> {
                    context.contentType(ChangeEvent.CONTENT_TYPE);
                    context.header("Cache-Control", "no-store");
                    // Else nginx collects events before it passes them on.
                    context.header("X-Accel-Buffering", "no");
                    return context.method().equals(HandlerType.HEAD)
                            ? CompletableFuture.<Void>completedFuture(null)
                            : feeds.open(table, begin.changes(), begin.position(), begin.latest(), output);
                }));
    }

    private Begin begin(String table, Function<ChangeLog, Position> where) {
        try {
            ChangeLog changes = sources.changes(table);
            changes.refusal().ifPresent(reason -> {
                throw new ProblemException(ProblemCode.BAD_REQUEST, reason);
            });
            return new Begin(changes, where.apply(changes), changes.latest());
        } catch (PositionException e) {
            throw new ProblemException(
                    e.expired() ? ProblemCode.POSITION_EXPIRED : ProblemCode.INVALID_PARAMETER, e.getMessage());
        } catch (StoreException e) {
            throw ChangeSources.unavailable(e);
        }
    }

    private static Function<ChangeLog, Position> where(Context context) {
        Map<String, List<String>> query = QueryString.parse(context.queryString());
        for (String name : query.keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw new ProblemException(
                        ProblemCode.UNKNOWN_PARAMETER,
                        "unknown parameter '" + name + "'" + Nearest.hint(name, PARAMETERS));
            }
        }
        String header = context.header("Last-Event-ID");
        if (header != null || query.containsKey(ChangesEndpoint.AFTER)) {
            String after = header == null ? query.get(ChangesEndpoint.AFTER).get(0) : header;
            return changes -> changes.position(after);
        }
        if (query.containsKey(ChangesEndpoint.FROM)) {
            String from = query.get(ChangesEndpoint.FROM).get(0);
            if (!from.equals("earliest")) {
                throw new ProblemException(
                        ProblemCode.INVALID_PARAMETER,
                        "parameter 'from' has the value '" + from
                                + "': give 'earliest', or leave it out to begin with what comes from now on");
            }
            return ChangeLog::earliest;
        }
        return ChangeLog::latest;
    }
}
