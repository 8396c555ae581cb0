package io.millrace.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The API in process, and a client for it. */
final class Api implements AutoCloseable {
    static final String PASSWORD = "hunter2-never-shown";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    final ServingApi server;

    Api(ServingApiSettings settings) throws IOException {
        server = ServingApi.start(settings);
    }

    static ServingApiSettings settings(Path app, String sqlUrl) {
        return ApiSettings.of(app, Map.of("SQL_URL", sqlUrl));
    }

    static void endpoint(Path app, String name, String... lines) throws IOException {
        Files.createDirectories(app.resolve("endpoints"));
        Files.writeString(app.resolve("endpoints").resolve(name + ".sql"), String.join("\n", lines));
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> start(String path) {
        return client.sendAsync(request("GET", path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    @Override
    public void close() {
        server.close();
    }
}
