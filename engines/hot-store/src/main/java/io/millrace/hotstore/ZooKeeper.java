package io.millrace.hotstore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.fluss.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;

/** The ZooKeeper that comes with Fluss, for it alone. */
final class ZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 2000;

    /** A busy machine lets short sessions expire, and with them every bucket's leader; the default is 20 ticks. */
    private static final int LONGEST_SESSION_MILLIS = 120_000;

    private static final int CONNECTIONS = 100;

    private final ZooKeeperServer server;
    private final ServerCnxnFactory connections;

    private ZooKeeper(ZooKeeperServer server, ServerCnxnFactory connections) {
        this.server = server;
        this.connections = connections;
    }

    static ZooKeeper start(HotStoreSettings settings) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(settings.dataDirectory().resolve("zookeeper"));
        ZooKeeperServer server = new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS);
        server.setMaxSessionTimeout(LONGEST_SESSION_MILLIS);
        ServerCnxnFactory connections = NIOServerCnxnFactory.createFactory(
                new InetSocketAddress(settings.host(), settings.zookeeperPort()), CONNECTIONS);
        connections.startup(server);
        endSessionsOfAKilledPredecessor(server);
        return new ZooKeeper(server, connections);
    }

    /** They would hold the servers' places until they expire. */
    private static void endSessionsOfAKilledPredecessor(ZooKeeperServer server) throws InterruptedException {
        for (long session : List.copyOf(server.getZKDatabase().getSessions())) {
            server.closeSession(session);
        }
        while (!server.getZKDatabase().getEphemerals().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() {
        connections.shutdown();
        server.shutdown(true);
    }
}
