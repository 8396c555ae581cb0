package io.millrace.api.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.ApiSettings;
import io.millrace.api.ServingApi;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The API of an app that can be searched. */
final class SearchApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServingApi server;

    private SearchApi(ServingApi server) {
        this.server = server;
    }

    static Path app(Path folder) throws IOException {
        return Files.writeString(Files.createDirectories(folder).resolve("app.yaml"), """
                app: shop
                search:
                  tickets: {table: lake.shop.tickets, key: ticket_id, title: subject, text: [body], filters: [status, channel]}
                  reviews: {table: lake.shop.reviews, key: review_id, title: title, text: [body], filters: [rating]}
                """)
                .getParent();
    }

    static SearchApi start(Path app, String warehouse, Path data, String gateway) throws IOException {
        return new SearchApi(ServingApi.start(ApiSettings.of(
                app,
                Map.of(
                        "SQL_URL",
                        "jdbc:mysql://127.0.0.1:1/",
                        "POOL_SIZE",
                        2,
                        "MAX_ROWS",
                        10,
                        "QUERY_TIMEOUT_SECONDS",
                        5,
                        "CACHE_MEGABYTES",
                        1,
                        "WAREHOUSE",
                        warehouse,
                        "DATA_DIRECTORY",
                        data,
                        "GATEWAY_URL",
                        gateway))));
    }

    /** @param query the query string, of which values with spaces are written with + */
    HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + query))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode search(String query) throws IOException, InterruptedException {
        return JSON.readTree(get("/v1/search?" + query).body());
    }

    /** Keys in the order found. */
    List<String> keys(String query) throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>();
        search(query)
                .path("results")
                .forEach(result -> keys.add(result.path("key").asText()));
        return keys;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
