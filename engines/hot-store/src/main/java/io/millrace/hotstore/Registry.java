package io.millrace.hotstore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.fluss.cluster.Endpoint;
import org.apache.fluss.metadata.TableBucket;
import org.apache.fluss.server.zk.ZooKeeperClient;
import org.apache.fluss.server.zk.ZooKeeperUtils;
import org.apache.fluss.server.zk.data.LeaderAndIsr;
import org.apache.fluss.server.zk.data.PartitionAssignment;
import org.apache.fluss.server.zk.data.TableAssignment;
import org.apache.fluss.server.zk.data.ZkData.CoordinatorZNode;
import org.apache.fluss.server.zk.data.ZkData.PartitionIdsZNode;
import org.apache.fluss.server.zk.data.ZkData.ServerIdZNode;
import org.apache.fluss.server.zk.data.ZkData.TableIdsZNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Fluss keeps in ZooKeeper of its servers and its buckets. */
final class Registry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);
    private static final int CONNECT_MILLIS = 1000;

    private final ZooKeeperClient zookeeper;

    private Registry(ZooKeeperClient zookeeper) {
        this.zookeeper = zookeeper;
    }

    static Registry connect(HotStoreSettings settings) {
        return new Registry(ZooKeeperUtils.startZookeeperClient(
                Fluss.zookeeperClient(settings),
                failure -> log.error("ZooKeeper at {} failed", settings.zookeeperAddress(), failure)));
    }

    boolean hasCoordinator() throws Exception {
        return zookeeper.getCoordinatorAddress().isPresent();
    }

    boolean hasTabletServer(int id) throws Exception {
        return zookeeper.getTabletServer(id).isPresent();
    }

    /** Else the place of a predecessor that was killed is taken until its session expires. */
    void removeCoordinator() throws Exception {
        remove(CoordinatorZNode.path());
    }

    /** The same for a tablet server; a coordinator learns by it that the server was away. */
    void removeTabletServer(int id) throws Exception {
        remove(ServerIdZNode.path(id));
    }

    private void remove(String path) throws Exception {
        zookeeper.getCuratorClient().delete().quietly().forPath(path);
    }

    Set<Integer> tabletServers() throws Exception {
        Set<Integer> servers = new TreeSet<>();
        for (int id : zookeeper.getSortedTabletServerList()) {
            servers.add(id);
        }
        return servers;
    }

    /** Those that are registered and take connections: a registration outlives its server for a while. */
    Set<Integer> answeringTabletServers() throws Exception {
        Set<Integer> answering = new TreeSet<>();
        for (int id : tabletServers()) {
            var registration = zookeeper.getTabletServer(id);
            if (registration.isPresent()
                    && registration.get().getEndpoints().stream().allMatch(Registry::answers)) {
                answering.add(id);
            }
        }
        return answering;
    }

    private static boolean answers(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Leader and in-sync replicas of each bucket that ever had a leader. */
    Map<TableBucket, LeaderAndIsr> buckets() throws Exception {
        Map<TableBucket, LeaderAndIsr> buckets = new LinkedHashMap<>();
        for (String id : zookeeper.getChildren(TableIdsZNode.path())) {
            long table = Long.parseLong(id);
            Optional<TableAssignment> assignment = zookeeper.getTableAssignment(table);
            if (assignment.isPresent()) {
                read(table, null, assignment.get(), buckets);
            }
        }
        for (String id : zookeeper.getChildren(PartitionIdsZNode.path())) {
            long partition = Long.parseLong(id);
            Optional<PartitionAssignment> assignment = zookeeper.getPartitionAssignment(partition);
            if (assignment.isPresent()) {
                read(assignment.get().getTableId(), partition, assignment.get(), buckets);
            }
        }
        return buckets;
    }

    private void read(
            long table, @Nullable Long partition, TableAssignment assignment, Map<TableBucket, LeaderAndIsr> buckets)
            throws Exception {
        for (int number : assignment.getBuckets()) {
            TableBucket bucket = new TableBucket(table, partition, number);
            zookeeper.getLeaderAndIsr(bucket).ifPresent(state -> buckets.put(bucket, state));
        }
    }

    void update(Map<TableBucket, LeaderAndIsr> changes) throws Exception {
        for (Map.Entry<TableBucket, LeaderAndIsr> change : changes.entrySet()) {
            log.info("{} is now {}", change.getKey(), change.getValue());
            zookeeper.updateLeaderAndIsr(change.getKey(), change.getValue());
        }
    }

    @Override
    public void close() {
        zookeeper.close();
    }
}
