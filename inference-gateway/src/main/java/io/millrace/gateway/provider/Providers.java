package io.millrace.gateway.provider;

import io.millrace.service.SettingsException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The models behind the gateway and what asking them takes: one client, a few threads, one timer. */
public final class Providers implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Map<String, Provider> byAlias = new HashMap<>();

    static {
        // The client's own default of 20 minutes outlives what servers keep: a call would meet a closed connection.
        if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
            System.setProperty("jdk.httpclient.keepalive.timeout", "25");
        }
    }

    /** @throws SettingsException when the variable of a key is not set */
    public Providers(Map<String, ModelSettings> models, Map<String, String> environment, long maxAnswerBytes) {
        Map<String, String> keys = new HashMap<>();
        models.forEach((alias, model) -> keys.put(alias, key(alias, model, environment)));
        AtomicInteger number = new AtomicInteger();
        threads =
                Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "provider-" + number.incrementAndGet()));
        timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "gateway-timer"));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .executor(threads)
                .build();
        models.forEach((alias, model) ->
                byAlias.put(alias, new Provider(model, keys.getOrDefault(alias, ""), client, timer, maxAnswerBytes)));
    }

    public Map<String, Provider> byAlias() {
        return Map.copyOf(byAlias);
    }

    public Retries retries(int maxTries, Duration limit) {
        return new Retries(maxTries, limit, threads);
    }

    /** For what has to happen later; its tasks must be short. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    private static String key(String alias, ModelSettings model, Map<String, String> environment) {
        if (model.keyVariable().isEmpty()) {
            return "";
        }
        String key = environment.getOrDefault(model.keyVariable(), "");
        if (key.isBlank()) {
            throw new SettingsException("model '" + alias + "' of inference-gateway takes its key from the variable "
                    + model.keyVariable() + ", which is not set: set it, or leave keyVariable empty");
        }
        return key.strip();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
