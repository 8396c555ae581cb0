package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.gateway.provider.ModelSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The gateway in process, with one model "small", and a client for it. */
final class Gateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InferenceGateway server;

    Gateway(String ledgerUrl, String providerUrl) {
        this(settings(ledgerUrl, providerUrl, "", "", 64), Map.of());
    }

    Gateway(InferenceGatewaySettings settings, Map<String, String> environment) {
        server = InferenceGateway.start(settings, environment);
    }

    static InferenceGatewaySettings settings(
            String ledgerUrl, String providerUrl, String key, String keyVariable, int maxConcurrent) {
        ModelSettings model = new ModelSettings(
                URI.create(providerUrl),
                StandInProvider.MODEL,
                keyVariable,
                2,
                maxConcurrent,
                new BigDecimal("0.15"),
                new BigDecimal("0.60"));
        return new InferenceGatewaySettings(
                "127.0.0.1",
                0,
                key,
                ledgerUrl,
                "postgres",
                LedgerDatabase.PASSWORD,
                4,
                60,
                Map.of("small", model),
                2,
                3,
                5,
                1,
                256,
                4096,
                4,
                1,
                3);
    }

    /** A chat request with one message and more fields, e.g. {@code ,"temperature":0}. */
    static String request(String message, String more) {
        return "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"" + message + "\"}]" + more + "}";
    }

    HttpResponse<String> chat(String message) throws IOException, InterruptedException {
        return post("/v1/chat/completions", request(message, ""));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        return client.send(http(path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> start(String path, String body) {
        return client.sendAsync(http(path, body), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> start(String path, HttpRequest.BodyPublisher body, String contentType) {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", contentType)
                .POST(body)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return server.port();
    }

    /** The events' data as they come. */
    HttpResponse<Stream<String>> stream(String message, String more) throws IOException, InterruptedException {
        HttpRequest request = http("/v1/chat/completions", request(message, ",\"stream\":true" + more));
        return client.send(request, HttpResponse.BodyHandlers.ofLines());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static List<String> data(HttpResponse<Stream<String>> response) {
        return response.body()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    /** The content of a whole answer, or of all chunks. */
    static String content(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).at("/choices/0/message/content").asText();
    }

    static String content(List<String> chunks) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String chunk : chunks) {
            if (!chunk.equals("[DONE]")) {
                content.append(
                        JSON.readTree(chunk).at("/choices/0/delta/content").asText(""));
            }
        }
        return content.toString();
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    static String code(HttpResponse<String> response) throws IOException {
        return json(response).at("/error/code").asText();
    }

    static String callId(HttpResponse<?> response) {
        return response.headers().firstValue("Millrace-Call").orElseThrow();
    }

    static boolean hit(HttpResponse<?> response) {
        return Boolean.parseBoolean(
                response.headers().firstValue("Millrace-Hit").orElseThrow());
    }

    private HttpRequest http(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.close();
    }
}
