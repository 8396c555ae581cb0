package io.millrace.api.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/** An inference gateway whose model knows a few words and which of them mean the same. */
final class StandInEmbeddings implements AutoCloseable {
    static final String MODEL = "synonyms";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<List<String>> MEANINGS = List.of(
            List.of("refund", "money", "repay"), List.of("late", "delayed", "waiting"), List.of("broken", "cracked"));

    private final HttpServer server;

    StandInEmbeddings() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/v1/embeddings", StandInEmbeddings::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    static float[] vector(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        float[] vector = new float[MEANINGS.size() + 1];
        for (int i = 0; i < MEANINGS.size(); i++) {
            vector[i] = MEANINGS.get(i).stream().filter(small::contains).count();
        }
        vector[MEANINGS.size()] = 0.1f;
        return vector;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ObjectNode answer = JSON.createObjectNode().put("object", "list").put("model", MODEL);
            ArrayNode data = answer.putArray("data");
            for (var text : JSON.readTree(exchange.getRequestBody()).path("input")) {
                ArrayNode numbers =
                        data.addObject().put("index", data.size() - 1).putArray("embedding");
                for (float number : vector(text.asText())) {
                    numbers.add(number);
                }
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
