package io.millrace.api.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the inference gateway for a query's embedding. */
final class Embedder {
    /** A caller waits for it; a model that needs longer is as good as away. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI endpoint;
    private final String key;
    private final String model;

    /**
     * @param gateway base address of its API
     * @param key bearer key; empty for none
     * @param model the embedding model's name at the gateway
     */
    Embedder(String gateway, String key, String model) {
        this.endpoint = URI.create(gateway.replaceFirst("/+$", "") + "/embeddings");
        this.key = key;
        this.model = model;
    }

    /** @throws EmbeddingFailed with a reason that callers may read */
    QueryVector embed(String text) throws EmbeddingFailed {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        body.putArray("input").add(text);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Millrace-Caller", "search")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        var answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            HttpResponse<String> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new EmbeddingFailed("the inference gateway answered " + response.statusCode());
            }
            return vector(JSON.readTree(response.body()));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new EmbeddingFailed("the model gave no embedding within " + TIMEOUT.toSeconds() + " s");
        } catch (JsonProcessingException e) {
            throw new EmbeddingFailed("the inference gateway's answer is no JSON");
        } catch (ExecutionException e) {
            throw new EmbeddingFailed(
                    e.getCause() instanceof IOException
                            ? "the inference gateway cannot be reached"
                            : "the inference gateway cannot be asked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddingFailed("the server is ending");
        }
    }

    private static QueryVector vector(JsonNode answer) throws EmbeddingFailed {
        List<Float> numbers = new ArrayList<>();
        answer.path("data").path(0).path("embedding").forEach(number -> numbers.add(number.floatValue()));
        if (numbers.isEmpty()) {
            throw new EmbeddingFailed("the inference gateway's answer holds no embedding");
        }
        return new QueryVector(answer.path("model").asText(""), List.copyOf(numbers));
    }
}
