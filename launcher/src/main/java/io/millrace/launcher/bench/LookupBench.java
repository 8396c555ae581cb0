package io.millrace.launcher.bench;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotLookup;
import io.millrace.hot.HotScan;
import io.millrace.hot.HotTable;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.Services;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Asks for rows by their key, in every way there is. */
public final class LookupBench {
    /** A quarter of a minute of work, in which Java compiles what it has only interpreted so far. */
    private static final int WARM_CALLS = 100_000;

    private static final int ROUND_CALLS = 20_000;
    private static final int ROUNDS = 5;
    private static final int CLIENT_CALLS = 5_000;
    private static final int SQL_CALLS = 500;

    private final Services services;
    private final String database;
    private final TableDefinition table;
    private final List<String> keys;

    /** @throws UserError when the table has no rows, or no key of one column */
    public LookupBench(App app, Services services, String table) throws Exception {
        this.services = services;
        this.database = app.database();
        this.table = app.hotTables().stream()
                .filter(hot -> hot.name().equals(table) && hot.primaryKey().size() == 1)
                .findFirst()
                .orElseThrow(() -> new UserError("no hot table '" + table + "' with a key of one column"));
        try (HotScan scan = new HotScan(services.hotStore())) {
            this.keys = scan.rows(database, table).stream()
                    .map(row -> String.valueOf(row.get(this.table.primaryKey().get(0))))
                    .toList();
        }
        if (keys.isEmpty()) {
            throw new UserError("hot table '" + table + "' has no rows yet");
        }
    }

    /**
     * @param connections each has one request under way at most, with an open loop two
     * @param say gets a line for each figure
     */
    public void run(int perSecond, int seconds, int connections, Consumer<String> say) throws Exception {
        URI api = URI.create(services.servingApi());
        Random random = new Random(1);
        int[] drawn = random.ints(1 << 16, 0, keys.size()).toArray();
        IntFunction<String> lookups = call -> "/v1/lookup/" + table.name() + "/"
                + URLEncoder.encode(keys.get(drawn[call & 0xffff]), StandardCharsets.UTF_8);
        IntFunction<String> constant = call -> "/health";
        say.accept(keys.size() + " keys of hot." + table.qualifiedName() + ", " + connections + " connections");
        HttpLoad.closed(api, connections, WARM_CALLS, lookups);
        HttpLoad.closed(api, connections, WARM_CALLS, constant);
        say.accept("warmed up with " + WARM_CALLS + " calls of each kind");
        HttpLoad open = HttpLoad.open(api, connections * 2, perSecond * seconds, perSecond, lookups);
        say.accept(String.format(
                Locale.ROOT,
                "HTTP, %d lookups due a second for %d s: %s; %d rows gone since, %d errors",
                perSecond,
                seconds,
                open.latencies(),
                open.absent(),
                open.errors()));
        double[] most = HttpLoad.medianPerSecond(
                ROUNDS,
                List.of(
                        () -> HttpLoad.closed(api, connections, ROUND_CALLS, lookups),
                        () -> HttpLoad.closed(api, connections, ROUND_CALLS, constant)));
        say.accept(String.format(
                Locale.ROOT,
                "HTTP, as many as go: %.0f lookups/s, %.0f/s of a constant, ratio %.2f",
                most[0],
                most[1],
                most[0] / most[1]));
        try (HotLookup lookup = new HotLookup(services.hotStore(), database)) {
            HotTable hot = lookup.table(table.name()).orElseThrow();
            AtomicInteger hits = new AtomicInteger();
            // A row may have gone since the keys were read.
            Latencies latencies =
                    latencies(CLIENT_CALLS, key -> hits.addAndGet(hot.row(key).isPresent() ? 1 : 0));
            say.accept("Fluss's client, one at a time: " + latencies + "; " + hits + " rows found");
        }
        try (Connection lake = services.databases().connectToLake();
                PreparedStatement query = lake.prepareStatement("SELECT * FROM lake." + table.qualifiedName()
                        + " WHERE " + table.primaryKey().get(0) + " = ?")) {
            say.accept("SQL over the lake's copy, one at a time: "
                    + latencies(SQL_CALLS, key -> {
                        query.setString(1, key);
                        try (ResultSet row = query.executeQuery()) {
                            row.next();
                        }
                    }));
        }
    }

    private interface Call {
        void with(String key) throws Exception;
    }

    private Latencies latencies(int calls, Call call) throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < calls / 5; i++) {
            call.with(keys.get(random.nextInt(keys.size())));
        }
        long[] nanos = new long[calls];
        for (int i = 0; i < calls; i++) {
            String key = keys.get(random.nextInt(keys.size()));
            long start = System.nanoTime();
            call.with(key);
            nanos[i] = System.nanoTime() - start;
        }
        return new Latencies(nanos);
    }
}
