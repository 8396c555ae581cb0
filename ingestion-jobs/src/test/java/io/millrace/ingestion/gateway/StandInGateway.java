package io.millrace.ingestion.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** An inference gateway on loopback whose model is a function; it keeps what it was asked. */
public final class StandInGateway implements AutoCloseable {
    static {
        // Else its small answers wait 40 ms for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicInteger inFlight = new AtomicInteger();
    public final AtomicInteger mostInFlight = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Function<Asked, Reply> model;
    private final boolean keeps;

    /** A request; {@code user} is the text of its last message. */
    public record Asked(JsonNode body, Map<String, List<String>> headers, String user) {
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.get(0);
        }
    }

    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply content(String content) {
            return finished(content, "stop");
        }

        public static Reply finished(String content, String reason) {
            ObjectNode body = JSON.createObjectNode();
            body.put("id", "c")
                    .put("object", "chat.completion")
                    .put("created", 1)
                    .put("model", "m");
            ObjectNode choice = body.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", reason).putNull("logprobs");
            choice.putObject("message")
                    .put("role", "assistant")
                    .put("content", content)
                    .putNull("refusal");
            return new Reply(200, Map.of(), body.toString());
        }

        public static Reply status(int status, String message) {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("error").put("message", message);
            return new Reply(status, Map.of(), body.toString());
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body);
        }
    }

    public StandInGateway(Function<Asked, Reply> model) throws IOException {
        this(0, true, model);
    }

    /** @param keeps whether it keeps what it was asked */
    public StandInGateway(int port, boolean keeps, Function<Asked, Reply> model) throws IOException {
        this.model = model;
        this.keeps = keeps;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        int call = calls.incrementAndGet();
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            JsonNode messages = body.path("messages");
            Asked request = new Asked(
                    body,
                    Map.copyOf(exchange.getRequestHeaders()),
                    messages.path(messages.size() - 1).path("content").asText());
            if (keeps) {
                asked.add(request);
            }
            Reply reply = model.apply(request);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Millrace-Call", "call-" + call);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            inFlight.decrementAndGet();
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    public static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
