package io.millrace.api.hot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.endpoint.EndpointHandler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotStoreException;
import io.millrace.hot.HotTable;
import io.millrace.hot.KeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/lookup/{table}/{key}}: a row of the hot store as it is now, or from its copy in the lake while the hot
 * store is away. No thread waits for the hot store.
 */
final class HotRows implements Handler {
    private static final Logger log = LoggerFactory.getLogger(HotRows.class);
    private static final long PATIENCE_MILLIS = 2_000;
    private static final int LAKE_THREADS = 4;
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int LARGEST_WRITTEN_AT_ONCE = 1024;
    private static final ObjectMapper LAKE_JSON = new ObjectMapper();

    private final String database;
    private final HotLookup store;
    private final LakeCopies copies;
    private final Executor lakeAsking = Executors.newFixedThreadPool(LAKE_THREADS, task -> {
        Thread thread = new Thread(task, "lookups-of-the-lake");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long askAgainAt = System.nanoTime();

    HotRows(String database, HotLookup store, LakeCopies copies) {
        this.database = database;
        this.store = store;
        this.copies = copies;
    }

    @Override
    public void handle(Context context) {
        String name = context.pathParam("table");
        String key = context.pathParam("key");
        boolean copied = copies.has(name);
        if (copied && askAgainAt - System.nanoTime() > 0) {
            fromLake(context, name, key);
            return;
        }
        try {
            HotTable table = store.table(name).orElseThrow(() -> HotProblems.noSuchTable(database, name, store));
            CompletableFuture<Optional<Map<String, @Nullable Object>>> row =
                    table.rowLater(key).orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            context.future(() -> row.handle((found, failure) -> {
                        if (failure == null) {
                            fromHotStore(context, name, key, found);
                            return CompletableFuture.completedFuture(null);
                        }
                        store.describeAnew(name);
                        // The lake takes its time, and this thread is the hot store's client's.
                        return CompletableFuture.runAsync(
                                () -> away(
                                        context,
                                        name,
                                        key,
                                        new HotStoreException(
                                                "table hot." + database + "." + name + " did not answer: " + failure,
                                                failure)),
                                lakeAsking);
                    })
                    .thenCompose(answered -> answered));
        } catch (KeyException e) {
            throw noKey(e);
        } catch (HotStoreException e) {
            away(context, name, key, e);
        }
    }

    private void fromHotStore(Context context, String name, String key, Optional<Map<String, @Nullable Object>> row) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("table", "hot." + database + "." + name);
        answer.put("from", "hot");
        answer.put(
                "row",
                row.orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "hot." + database + "." + name + " has no row with key " + key)));
        context.header(EndpointHandler.FRESHNESS, Instant.now().toString());
        write(context, HotJson.text(answer));
    }

    /** Javalin would copy a small answer through a buffer of 8 KiB. */
    private static void write(Context context, String json) {
        context.contentType("application/json");
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        if (body.length > LARGEST_WRITTEN_AT_ONCE) {
            context.result(body);
            return;
        }
        try {
            context.res().setContentLength(body.length);
            context.res().getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void away(Context context, String name, String key, HotStoreException failure) {
        if (!copies.has(name)) {
            throw HotProblems.unavailable(failure);
        }
        log.warn("{}: the lake answers for it", failure.getMessage());
        askAgainAt = System.nanoTime() + AWAY_NANOS;
        fromLake(context, name, key);
    }

    private Optional<LakeCopies.Copy> copy(String name, String key) {
        try {
            return copies.row(name, key);
        } catch (KeyException e) {
            throw noKey(e);
        }
    }

    private static ProblemException noKey(KeyException e) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, e.getMessage());
    }

    private void fromLake(Context context, String name, String key) {
        LakeCopies.Copy copy = copy(name, key)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "the copy of hot." + database + "." + name + " in the lake has no row with key " + key
                                + ", and the hot store itself is away"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("table", "hot." + database + "." + name);
        answer.put("from", "lake");
        answer.put("as_of", copy.asOf());
        answer.put("row", copy.row());
        try {
            context.header(EndpointHandler.FRESHNESS, copy.asOf())
                    .contentType("application/json")
                    .result(LAKE_JSON.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
