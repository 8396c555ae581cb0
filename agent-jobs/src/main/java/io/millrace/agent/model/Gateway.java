package io.millrace.agent.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inference gateway. It retries what a provider fails at; here only the gateway itself is waited for. */
public final class Gateway {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> WAIT = Set.of(429, 502, 503, 504);
    private static final long LONGEST_PAUSE_MILLIS = 5000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final String base;
    private final @Nullable String key;
    private final String caller;

    /**
     * @param base address with {@code /v1}
     * @param key bearer key, null for none
     * @param caller name that the ledger keeps
     */
    public Gateway(String base, @Nullable String key, String caller) {
        this.base = base;
        this.key = key;
        this.caller = caller;
    }

    /**
     * Calls a model.
     *
     * @param path {@code /chat/completions} or {@code /embeddings}
     * @param prompt name of the prompt file, for the ledger
     * @param rowKey the row worked on, for the ledger
     * @param limit how long to wait for an answer, a restarting gateway included
     * @throws CallFailed with the gateway's reason
     */
    public ModelAnswer call(String path, JsonNode request, String prompt, String rowKey, long version, Duration limit)
            throws CallFailed, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Millrace-Caller", caller)
                .header("Millrace-Key", ascii(rowKey))
                .header("Millrace-Input-Version", String.valueOf(version))
                .header("Millrace-Prompt", ascii(prompt))
                .POST(HttpRequest.BodyPublishers.ofString(request.toString()));
        if (key != null) {
            builder.header("Authorization", "Bearer " + key);
        }
        HttpRequest call = builder.build();
        long deadline = System.nanoTime() + limit.toNanos();
        long pause = 200;
        while (true) {
            String reason;
            long wait = pause;
            try {
                HttpResponse<String> response = send(call, deadline);
                if (response.statusCode() == 200) {
                    return answer(response);
                }
                reason = "HTTP " + response.statusCode() + ": " + message(response.body());
                if (!WAIT.contains(response.statusCode())) {
                    throw new CallFailed(reason);
                }
                wait = Math.max(pause, retryAfterMillis(response));
            } catch (TimeoutException e) {
                throw new CallFailed("no answer within " + limit.toSeconds() + " s");
            } catch (ExecutionException e) {
                reason = "the inference gateway does not answer: " + e.getCause();
            }
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait) > deadline) {
                throw new CallFailed(reason);
            }
            log.info("waiting for a model: {}", reason);
            TimeUnit.MILLISECONDS.sleep(wait);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    /** A request's own timeout ends with the headers: a body that never ends would hold the caller for ever. */
    private HttpResponse<String> send(HttpRequest call, long deadline)
            throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<String>> response = http.sendAsync(call, HttpResponse.BodyHandlers.ofString());
        try {
            return response.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            response.cancel(true);
        }
    }

    /** The gateway gives whole seconds. */
    private static long retryAfterMillis(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}") ? TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)) : 0;
    }

    private static ModelAnswer answer(HttpResponse<String> response) throws CallFailed {
        try {
            return new ModelAnswer(
                    JSON.readTree(response.body()),
                    response.headers().firstValue("Millrace-Call").orElse(""),
                    response.headers().firstValue("Millrace-Hit").orElse("").equals("true"));
        } catch (JsonProcessingException e) {
            throw new CallFailed("the gateway's answer is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String message(String body) {
        try {
            String message = JSON.readTree(body).path("error").path("message").asText();
            return message.isEmpty() ? body : message;
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    /** Header values are ASCII; the ledger's key of an odd row is only a hint. */
    private static String ascii(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() <= 200 ? plain : plain.substring(0, 200);
    }
}
