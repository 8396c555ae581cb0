package io.millrace.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An inference gateway on loopback whose model is a function; no thread waits for its answers' time. */
public final class StandInGateway implements AutoCloseable {
    static {
        // Else its small answers wait 40 ms for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public final AtomicInteger calls = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final Duration delay;
    private final Function<JsonNode, Reply> model;

    /** @param missing bytes of the body that are promised and never come */
    public record Reply(int status, Map<String, String> headers, String body, int missing) {
        public static Reply content(String content) {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("choices")
                    .addObject()
                    .put("finish_reason", "stop")
                    .putObject("message")
                    .put("role", "assistant")
                    .put("content", content);
            return of(200, body.toString());
        }

        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body, 0);
        }

        public Reply with(String header, String value) {
            return new Reply(status, Map.of(header, value), body, missing);
        }

        public Reply without(int bytes) {
            return new Reply(status, headers, body, bytes);
        }
    }

    /** @param port 0 for a free one */
    public StandInGateway(int port, Duration delay, Function<JsonNode, Reply> model) throws IOException {
        this.delay = delay;
        this.model = model;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        server.setExecutor(threads);
        server.createContext("/v1", this::take);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    private void take(HttpExchange exchange) throws IOException {
        Reply reply = model.apply(JSON.readTree(exchange.getRequestBody()));
        String call = "call-" + calls.incrementAndGet();
        clock.schedule(() -> answer(exchange, reply, call), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void answer(HttpExchange exchange, Reply reply, String call) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Millrace-Call", call);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length + reply.missing());
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            if (reply.missing() == 0) {
                exchange.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        clock.shutdownNow();
        threads.shutdownNow();
    }
}
