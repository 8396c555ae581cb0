package io.millrace.gateway.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.identity.Kind;
import io.millrace.gateway.problem.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One model behind the gateway. A try either brings a whole JSON document or fails with {@link ProviderFailure} (another
 * try may help) or {@link ProviderRefusal} (none will).
 */
public final class Provider {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LISTING_LIMIT = Duration.ofSeconds(2);

    private final ModelSettings settings;
    private final String key;
    private final Redaction redaction;
    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final long maxAnswerBytes;

    /** @param key the provider's key, or "" */
    public Provider(
            ModelSettings settings,
            String key,
            HttpClient client,
            ScheduledExecutorService timer,
            long maxAnswerBytes) {
        this.settings = settings;
        this.key = key;
        this.redaction = new Redaction(key);
        this.client = client;
        this.timer = timer;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    public ModelSettings settings() {
        return settings;
    }

    /** One try for a whole answer. */
    public CompletableFuture<ProviderAnswer> ask(Kind kind, String body) {
        return ask(request(kind.path(), "application/json", BodyPublishers.ofString(body)));
    }

    /** One try for the text of a recording. */
    public CompletableFuture<ProviderAnswer> transcribe(String body, Audio audio) {
        try {
            TranscriptionForm form = new TranscriptionForm(JSON.readTree(body), audio);
            return ask(request(Kind.TRANSCRIPTION.path(), form.contentType(), form.body()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<ProviderAnswer> ask(HttpRequest request) {
        return exchange(request, info -> limited(BodySubscribers.ofString(StandardCharsets.UTF_8)))
                .thenApply(response -> {
                    check(response.statusCode(), response, redaction.clean(response.body()));
                    return document(redaction.clean(response.body()));
                });
    }

    /** One try for events; the consumer gets the data of each as it comes. When it throws, the try fails. */
    public CompletableFuture<Void> stream(Kind kind, String body, Consumer<String> events) {
        AtomicReference<@Nullable RuntimeException> refused = new AtomicReference<>();
        BodyHandler<String> handler = info -> info.statusCode() == 200
                ? limited(BodySubscribers.fromLineSubscriber(
                        new EventLines(event -> take(redaction.clean(event), events, refused)),
                        lines -> "",
                        StandardCharsets.UTF_8,
                        null))
                : limited(BodySubscribers.ofString(StandardCharsets.UTF_8));
        return exchange(request(kind.path(), "application/json", BodyPublishers.ofString(body)), handler)
                .thenAccept(response -> {
                    check(response.statusCode(), response, redaction.clean(response.body()));
                    RuntimeException failure = refused.get();
                    if (failure != null) {
                        throw failure;
                    }
                    String type = response.headers().firstValue("Content-Type").orElse("");
                    if (!type.startsWith("text/event-stream")) {
                        throw failure("the provider answered a streamed call with content type '" + type + "'", 200);
                    }
                });
    }

    /** The client does not pass on what a subscriber throws: the first failure is kept, what follows is not read. */
    private static void take(
            String event, Consumer<String> events, AtomicReference<@Nullable RuntimeException> refused) {
        if (refused.get() == null) {
            try {
                events.accept(event);
            } catch (RuntimeException e) {
                refused.set(e);
            }
        }
    }

    /** The revision the provider tells of its model now, "" when it tells none. */
    CompletableFuture<String> listedRevision() {
        HttpRequest listing = builder("/models").timeout(LISTING_LIMIT).GET().build();
        return exchange(listing, info -> limited(BodySubscribers.ofString(StandardCharsets.UTF_8)))
                .thenApply(response -> {
                    int status = response.statusCode();
                    if (status >= 500 || status == 429 || status == 408) {
                        throw failure("the provider's list of models failed with " + status, status);
                    }
                    return status == 200 ? revision(response.body()) : "";
                });
    }

    private String revision(String listing) {
        try {
            for (JsonNode model : JSON.readTree(listing).path("data")) {
                if (model.path("id").asText().equals(settings.model())) {
                    return model.path("revision").asText("");
                }
            }
            return "";
        } catch (JsonProcessingException e) {
            throw failure("the provider's list of models is not JSON", 200);
        }
    }

    private ProviderAnswer document(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode document) {
                return new ProviderAnswer(text, document);
            }
        } catch (JsonProcessingException e) {
            throw failure("the answer is not JSON: " + e.getOriginalMessage(), 200);
        }
        throw failure("the answer is not a JSON object", 200);
    }

    private void check(int status, HttpResponse<?> response, String body) {
        if (status == 200) {
            return;
        }
        if (status == 429 || status == 408 || status >= 500) {
            ErrorCode code = status == 429 || status == 503 ? ErrorCode.PROVIDER_BUSY : ErrorCode.PROVIDER_ERROR;
            Duration retryAfter = RetryAfter.parse(
                    response.headers().firstValue("Retry-After").orElse(null), Instant.now());
            throw new ProviderFailure(code, "the provider answered " + status, status, retryAfter);
        }
        throw new ProviderRefusal(status, body);
    }

    private HttpRequest request(String path, String contentType, BodyPublisher body) {
        return builder(path)
                .timeout(Duration.ofSeconds(settings.timeoutSeconds()))
                .header("Content-Type", contentType)
                .POST(body)
                .build();
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private <T> BodySubscriber<T> limited(BodySubscriber<T> body) {
        return new LimitedBody<>(body, maxAnswerBytes);
    }

    private <T> CompletableFuture<HttpResponse<T>> exchange(HttpRequest request, BodyHandler<T> handler) {
        long limitMillis = request.timeout().orElse(LISTING_LIMIT).toMillis();
        AtomicBoolean late = new AtomicBoolean();
        CompletableFuture<HttpResponse<T>> exchange = client.sendAsync(request, handler);
        // The client's own limit ends with the headers: a body that stalls would wait for ever.
        ScheduledFuture<?> limit = timer.schedule(
                () -> {
                    late.set(true);
                    exchange.cancel(true);
                },
                limitMillis,
                TimeUnit.MILLISECONDS);
        return exchange.handle((response, failure) -> {
            limit.cancel(false);
            if (failure == null) {
                return response;
            }
            throw understood(failure, late.get(), limitMillis);
        });
    }

    private RuntimeException understood(Throwable failure, boolean late, long limitMillis) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RuntimeException own && !(cause instanceof CancellationException)) {
            return own;
        }
        if (cause instanceof ConnectException) {
            return new ProviderFailure(
                    ErrorCode.PROVIDER_UNREACHABLE, "the provider cannot be reached: connection refused", null, null);
        }
        if (late || cause instanceof HttpTimeoutException) {
            return new ProviderFailure(
                    ErrorCode.PROVIDER_TIMEOUT, "the provider took longer than " + limitMillis + " ms", null, null);
        }
        return failure("the connection to the provider broke: " + cause.getMessage(), null);
    }

    private ProviderFailure failure(String message, @Nullable Integer status) {
        return new ProviderFailure(ErrorCode.PROVIDER_ERROR, redaction.clean(message), status, null);
    }
}
