package io.millrace.hotstore;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /health} on the loopback address: 200, or 503 while the process has no place in the cluster. */
final class Health implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final int HEALTHY = 200;
    private static final int UNHEALTHY = 503;

    private final HttpServer server;

    private Health(HttpServer server) {
        this.server = server;
    }

    /** @param port 0 for none */
    static AutoCloseable start(int port, Callable<Boolean> healthy) throws IOException {
        if (port == 0) {
            return () -> {};
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health", exchange -> answer(exchange, healthy));
        server.start();
        return new Health(server);
    }

    private static void answer(HttpExchange exchange, Callable<Boolean> healthy) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(isHealthy(healthy) ? HEALTHY : UNHEALTHY, -1);
        }
    }

    private static boolean isHealthy(Callable<Boolean> healthy) {
        try {
            return healthy.call();
        } catch (Exception e) {
            log.warn("ZooKeeper does not answer", e);
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
