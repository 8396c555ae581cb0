package io.millrace.hotstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** ZooKeeper, three tablet servers and a coordinator, each a process, as docker-compose.yml has them. */
final class HotStoreCluster implements AutoCloseable {
    private static final int TABLET_SERVERS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final int zookeeperPort = HotStoreProgram.freePort();
    private final int port = HotStoreProgram.freePort();
    private final HotStoreProgram zookeeper;
    private final HotStoreProgram coordinator;
    private final Map<Integer, HotStoreProgram> tabletServers = new TreeMap<>();

    private HotStoreCluster(Path folder) throws IOException {
        this.folder = folder;
        this.zookeeper = new HotStoreProgram(folder, "zookeeper", """
                parts: zookeeper
                zookeeperPort: %d
                dataDirectory: %s
                warehouse: %s
                """.formatted(
                        zookeeperPort,
                        folder.resolve("zookeeper"),
                        folder.resolve("lake").toUri()));
        this.coordinator = new HotStoreProgram(folder, "coordinator", server("coordinator") + "port: " + port + "\n");
        for (int id = 1; id <= TABLET_SERVERS; id++) {
            String settings = server("tablet-server-" + id) + """
                    tabletServerId: %d
                    tabletPort: %d
                    """.formatted(id, HotStoreProgram.freePort());
            tabletServers.put(id, new HotStoreProgram(folder, "tablet-server-" + id, settings));
        }
    }

    private String server(String name) {
        return """
                parts: %s
                zookeeper: 127.0.0.1:%d
                dataDirectory: %s
                remoteDirectory: %s
                warehouse: %s
                tabletServers: %d
                replicationFactor: 3
                """.formatted(
                        name.replaceFirst("-\\d$", ""),
                        zookeeperPort,
                        folder.resolve(name),
                        folder.resolve("remote"),
                        folder.resolve("lake").toUri(),
                        TABLET_SERVERS);
    }

    static HotStoreCluster start(Path folder) throws Exception {
        HotStoreCluster cluster = new HotStoreCluster(folder);
        try {
            cluster.zookeeper.start();
            await().atMost(LIMIT).until(() -> cluster.zookeeper.listens(cluster.zookeeperPort));
            for (HotStoreProgram server : cluster.tabletServers.values()) {
                server.start();
            }
            cluster.coordinator.start();
            cluster.awaitCoordinator();
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }

    HotStoreProgram coordinator() {
        return coordinator;
    }

    HotStoreProgram tabletServer(int id) {
        return tabletServers.get(id);
    }

    /** What Fluss calls its data directory. */
    Path tablets(int id) {
        return folder.resolve("tablet-server-" + id).resolve("tablets");
    }

    List<HotStoreProgram> servers() {
        return Stream.concat(Stream.of(coordinator), tabletServers.values().stream())
                .toList();
    }

    void awaitCoordinator() {
        await().atMost(LIMIT).until(() -> coordinator.listens(port));
    }

    /** Waits until every bucket has exactly these replicas in sync. */
    void awaitInSync(Integer... servers) throws Exception {
        try (Registry registry = registry()) {
            await().atMost(LIMIT).until(() -> registry.buckets().values().stream()
                    .allMatch(state -> Set.copyOf(state.isr()).equals(Set.of(servers))));
        }
    }

    /** A server that leads a bucket. */
    int leader() throws Exception {
        try (Registry registry = registry()) {
            return registry.buckets().values().iterator().next().leader();
        }
    }

    private Registry registry() {
        return Registry.connect(new HotStoreSettings(
                "127.0.0.1",
                port,
                0,
                0,
                0,
                folder,
                "",
                "",
                Parts.parse("coordinator"),
                "127.0.0.1:" + zookeeperPort,
                0,
                TABLET_SERVERS,
                60,
                TABLET_SERVERS));
    }

    @Override
    public void close() throws InterruptedException {
        for (HotStoreProgram server : servers()) {
            server.kill();
        }
        zookeeper.kill();
    }
}
