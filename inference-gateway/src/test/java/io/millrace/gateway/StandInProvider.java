package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A model provider that does as it is told, counts its calls, and answers well when told nothing. */
final class StandInProvider implements AutoCloseable {
    static final String MODEL = "stand-in-1";
    static final String CONTENT = "Hello from the model.";

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Without it the second packet of an answer waits 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What it does with one call. */
    interface Behavior {
        void answer(HttpExchange exchange, ObjectNode request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Behavior> next = new ConcurrentLinkedQueue<>();
    private final List<ObjectNode> requests = new CopyOnWriteArrayList<>();
    private volatile Behavior usual = StandInProvider::good;
    private volatile String revision = "";

    StandInProvider() throws IOException {
        this(0);
    }

    StandInProvider(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
        server.createContext("/v1/models", this::models);
        server.createContext("/v1/", this::call);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What the next calls get, in turn; after them calls are answered as usual. */
    void then(Behavior... behaviors) {
        next.addAll(List.of(behaviors));
    }

    void always(Behavior behavior) {
        usual = behavior;
    }

    void revision(String text) {
        revision = text;
    }

    int calls() {
        return requests.size();
    }

    ObjectNode request(int index) {
        return requests.get(index);
    }

    private void models(HttpExchange exchange) throws IOException {
        String told = revision.isEmpty() ? "" : ", \"revision\": \"" + revision + "\"";
        send(exchange, 200, "{\"data\": [{\"id\": \"" + MODEL + "\"" + told + "}]}");
    }

    private void call(HttpExchange exchange) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            ObjectNode request = type.startsWith("multipart/form-data")
                    ? form(exchange, type.substring(type.indexOf("boundary=") + 9))
                    : (ObjectNode) JSON.readTree(exchange.getRequestBody());
            requests.add(request);
            Behavior behavior = next.poll();
            (behavior == null ? usual : behavior).answer(exchange, request);
        }
    }

    /** The fields of a form; of a file its name, and its bytes as ISO 8859-1. */
    private static ObjectNode form(HttpExchange exchange, String boundary) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        ObjectNode form = JSON.createObjectNode();
        int start = body.indexOf("--" + boundary);
        for (int next; (next = body.indexOf("--" + boundary, start + 1)) > 0; start = next) {
            int end = body.indexOf("\r\n\r\n", start);
            String head = body.substring(start, end);
            String value = body.substring(end + 4, next - 2);
            String name = head.replaceFirst("(?s).*? name=\"([^\"]*)\".*", "$1");
            if (name.equals("file")) {
                form.put("file", value);
                form.put("filename", head.replaceFirst("(?s).*filename=\"([^\"]*)\".*", "$1"));
            } else {
                form.put(name, new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    static void good(HttpExchange exchange, ObjectNode request) throws IOException {
        if (request.has("file")) {
            send(exchange, 200, "{\"text\":\"" + CONTENT + "\",\"usage\":{\"input_tokens\":9,\"output_tokens\":5}}");
            return;
        }
        if (request.has("input")) {
            send(
                    exchange,
                    200,
                    "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.5,-0.25]}],\"model\":\"" + MODEL
                            + "\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
        } else if (request.path("stream").asBoolean()) {
            stream(exchange, chunks(request));
        } else {
            send(exchange, 200, answer(CONTENT));
        }
    }

    static Behavior content(String content) {
        return (exchange, request) -> send(exchange, 200, answer(content));
    }

    static Behavior toolCall(String arguments) {
        return body(message(
                "null",
                ",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"look\",\"arguments\":" + JSON.valueToTree(arguments) + "}}]"));
    }

    static Behavior body(String body) {
        return (exchange, request) -> send(exchange, 200, body);
    }

    static Behavior status(int status, String body, String... headers) {
        return (exchange, request) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    /** Says 200 and a length, sends half of it and breaks the connection. */
    static void halfJson(HttpExchange exchange, ObjectNode request) throws IOException {
        byte[] body = answer(CONTENT).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    /** A stream that ends after its first words as if that were all. */
    static void brokenStream(HttpExchange exchange, ObjectNode request) throws IOException {
        stream(exchange, chunks(request).subList(0, 3));
    }

    /** A stream that ends within a chunk. */
    static void halfChunk(HttpExchange exchange, ObjectNode request) throws IOException {
        List<String> chunks = chunks(request);
        stream(
                exchange,
                List.of(
                        chunks.get(0),
                        chunks.get(1),
                        chunks.get(2),
                        chunks.get(3).substring(0, 40)));
    }

    /** Waits for the latch before it does the rest. */
    static Behavior after(CountDownLatch latch, Behavior rest) {
        return (exchange, request) -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            rest.answer(exchange, request);
        };
    }

    static List<String> chunks(JsonNode request) {
        boolean usage = request.path("stream_options").path("include_usage").asBoolean();
        List<String> chunks = new java.util.ArrayList<>();
        chunks.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (String word : List.of("Hello ", "from ", "the ", "model.")) {
            chunks.add(chunk("{\"content\":\"" + word + "\"}", "null"));
        }
        chunks.add(chunk("{}", "\"stop\""));
        if (usage) {
            chunks.add("{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"" + MODEL
                    + "\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}");
        }
        chunks.add("[DONE]");
        return chunks;
    }

    static void stream(HttpExchange exchange, List<String> chunks) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (String chunk : chunks) {
            out.write(("data: " + chunk + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static String chunk(String delta, String finishReason) {
        return "{\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"model\":\"" + MODEL
                + "\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finishReason + "}]}";
    }

    static String answer(String content) {
        return message(JSON.valueToTree(content).toString(), "");
    }

    private static String message(String content, String more) {
        return "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"" + MODEL
                + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content + more
                + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}}";
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
