package io.millrace.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A reader in this process, asked over HTTP. */
final class RunningReader implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final DocumentReader reader;
    private final ReaderClient client;

    private RunningReader(DocumentReader reader) {
        this.reader = reader;
        client = new ReaderClient(reader.port());
    }

    static RunningReader start(DocumentReaderSettings settings) {
        return new RunningReader(DocumentReader.start(settings));
    }

    /** Small limits, so that they are met. */
    static DocumentReaderSettings settings(Path folder, String ocr) {
        return new DocumentReaderSettings(
                "127.0.0.1", 0, folder.toString(), ocr, 120, 2, 20_000_000, 20, 2, 50_000, 100);
    }

    ReaderClient client() {
        return client;
    }

    JsonNode read(byte[] file, String name) throws IOException, InterruptedException {
        return client.read(file, name);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What a program that has files read does. */
    record ReaderClient(int port) {
        private static final HttpClient HTTP =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        JsonNode read(byte[] file, String name) throws IOException, InterruptedException {
            HttpResponse<String> response = HTTP.send(request(file, name), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        }

        CompletableFuture<HttpResponse<String>> send(byte[] file) {
            return HTTP.sendAsync(request(file, "file"), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        private HttpRequest request(byte[] file, String name) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/read?name="
                            + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                    .build();
        }
    }
}
