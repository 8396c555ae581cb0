package io.millrace.ingestion.gateway;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts to the inference gateway without blocking. While the gateway is away or says it is busy a request is sent again,
 * after as long as the gateway asks for, or else after pauses that double.
 */
public final class GatewayClient implements AutoCloseable {
    private final HttpClient http;
    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timers;
    private final Duration timeout;
    private final Duration retryTimeout;
    private final Set<GatewayCall> calls = ConcurrentHashMap.newKeySet();

    /**
     * @param timeout for one request, until its answer is complete
     * @param retryTimeout after the first request, how long others may follow
     */
    public GatewayClient(Duration timeout, Duration retryTimeout) {
        this.timeout = timeout;
        this.retryTimeout = retryTimeout;
        executor = Executors.newCachedThreadPool(daemons("inference"));
        timers = new ScheduledThreadPoolExecutor(1, daemons("inference-timer"));
        timers.setRemoveOnCancelPolicy(true);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(executor)
                .build();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "millrace-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The answer, whatever its status; a {@link CallFailure} when there is none in time. */
    public CompletableFuture<HttpResponse<String>> post(HttpRequest request) {
        GatewayCall call = new GatewayCall(this, request, System.nanoTime() + retryTimeout.toNanos());
        calls.add(call);
        call.result().whenComplete((response, failure) -> calls.remove(call));
        call.send();
        return call.result();
    }

    Duration timeout() {
        return timeout;
    }

    Duration retryTimeout() {
        return retryTimeout;
    }

    ScheduledThreadPoolExecutor timers() {
        return timers;
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Gives up what is in flight. */
    @Override
    public void close() {
        timers.shutdownNow();
        calls.forEach(GatewayCall::stop);
        executor.shutdown();
    }
}
