package io.millrace.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The real models in process, started once for all test classes, and a client for them. */
final class RunningModels implements ParameterResolver {
    static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Client.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return extension
                .getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(
                        RunningModels.class,
                        absent -> {
                            LocalModels server = LocalModels.start(settings(8));
                            server.awaitLoaded();
                            return new Client(server);
                        },
                        Client.class);
    }

    static LocalModelsSettings settings(int waiting) {
        return new LocalModelsSettings("127.0.0.1", 0, chatModel(), "", 1, 1024, 256, waiting, 0.2);
    }

    static String chatModel() {
        return System.getProperty("millrace.chatModel");
    }

    /** Speaks to one server. */
    record Client(LocalModels server, HttpClient http) implements AutoCloseable {
        Client(LocalModels server) {
            this(server, HttpClient.newHttpClient());
        }

        HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }

        HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
            return http.send(posting(path, body), HttpResponse.BodyHandlers.ofString());
        }

        CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
            return http.sendAsync(posting(path, body), HttpResponse.BodyHandlers.ofString());
        }

        HttpRequest posting(String path, String body) {
            return request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        }

        /** The answer to a chat request of these fields, written with single quotes. */
        JsonNode chat(String fields) throws IOException, InterruptedException {
            HttpResponse<String> response = post("/v1/chat/completions", body(fields));
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return JSON.readTree(response.body());
        }

        /** What the answer holds under a pattern of {@link #chat}. */
        JsonNode message(String fields) throws IOException, InterruptedException {
            return chat(fields).at("/choices/0/message");
        }

        @Override
        public void close() throws Exception {
            server.close();
        }
    }

    static String body(String fields) {
        return ("{'model': 'smollm2-135m-instruct', " + fields + "}").replace('\'', '"');
    }

    static String user(String text) {
        return "'messages': [{'role': 'user', 'content': '" + text + "'}]";
    }

    static String schema(String properties, String required) {
        return "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'answer', 'schema': {'type': 'object',"
                + " 'properties': {" + properties + "}, 'required': [" + required + "]}}}";
    }
}
