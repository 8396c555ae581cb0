package io.millrace.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * The cost of a commit, latency of a provider of constant 20 ms alone, through the gateway, and of hits; then hits a
 * second by eight callers. PostgreSQL runs in processes of its own; provider, gateway and callers share this one.
 */
public final class GatewayBenchmark {
    private static final int WARM_UP_SECONDS = 15;
    private static final int CALLS = 500;
    private static final int CALLERS = 8;
    private static final int HIT_SECONDS = 10;

    /** One for each part: what idled through another may just be closed. */
    private HttpClient client = client();

    private GatewayBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        LedgerDatabase database = LedgerDatabase.shared();
        print("one commit of PostgreSQL alone", commits(database, database.create()));
        try (StandInProvider provider = new StandInProvider()) {
            provider.always(GatewayBenchmark::afterTwentyMillis);
            try (InferenceGateway gateway = InferenceGateway.start(
                    Gateway.settings(database.create(), provider.url(), "", "", 64), java.util.Map.of())) {
                String path = "/v1/chat/completions";
                new GatewayBenchmark()
                        .run(
                                URI.create("http://127.0.0.1:" + provider.port() + path),
                                URI.create("http://127.0.0.1:" + gateway.port() + path));
            }
        }
        System.exit(0);
    }

    private void run(URI provider, URI gateway) throws Exception {
        AtomicLong number = new AtomicLong();
        IntFunction<String> fresh = i -> "question " + number.incrementAndGet();
        IntFunction<String> known = i -> "known " + i % 100;
        // A gateway runs for days: after some hundred calls its code is not compiled yet and takes twice as long.
        callsPerSecond(gateway, fresh, WARM_UP_SECONDS);
        callsPerSecond(provider, fresh, WARM_UP_SECONDS);
        client = client();
        measure(gateway, 100, known);
        // In turns, so that whatever else the machine does slows both.
        double[] alone = new double[CALLS];
        double[] miss = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            alone[i] = measure(provider, 1, fresh)[0];
            miss[i] = measure(gateway, 1, fresh)[0];
        }
        print("provider alone", sorted(alone));
        print("miss", sorted(miss));
        print("hit", measure(gateway, 2000, known));
        client = client();
        System.out.printf("hits a second, %d callers: %d%n", CALLERS, callsPerSecond(gateway, known, HIT_SECONDS));
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static double[] commits(LedgerDatabase database, String url) throws Exception {
        double[] millis = new double[CALLS];
        try (Connection connection = database.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE commits (number INT)");
            for (int i = 0; i < CALLS; i++) {
                long start = System.nanoTime();
                statement.execute("INSERT INTO commits VALUES (1)");
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return sorted(millis);
    }

    private double[] measure(URI uri, int calls, IntFunction<String> message) throws Exception {
        double[] millis = new double[calls];
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            call(uri, message.apply(i));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return sorted(millis);
    }

    private static double[] sorted(double[] millis) {
        Arrays.sort(millis);
        return millis;
    }

    private long callsPerSecond(URI uri, IntFunction<String> message, int seconds) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            AtomicLong answers = new AtomicLong();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            Future<?>[] running = new Future<?>[CALLERS];
            for (int caller = 0; caller < CALLERS; caller++) {
                running[caller] = callers.submit(() -> {
                    for (int i = 0; System.nanoTime() < end; i++) {
                        try {
                            call(uri, message.apply(i));
                            answers.incrementAndGet();
                        } catch (IOException e) {
                            // JDK-8312433: the client may close a connection it is about to use.
                            System.out.println("not counted: " + e.getMessage());
                        }
                    }
                    return null;
                });
            }
            for (Future<?> caller : running) {
                caller.get();
            }
            return answers.get() / seconds;
        } finally {
            callers.shutdown();
        }
    }

    private void call(URI uri, String message) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(Gateway.request(message, "")))
                .build();
        int status = client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        if (status != 200) {
            throw new IllegalStateException(uri + " answered " + status);
        }
    }

    private static void print(String what, double[] millis) {
        System.out.printf(
                "%s: p50 %.2f ms, p95 %.2f ms%n", what, millis[millis.length / 2], millis[millis.length * 95 / 100]);
    }

    private static void afterTwentyMillis(HttpExchange exchange, ObjectNode request) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        StandInProvider.good(exchange, request);
    }
}
