package io.millrace.hotstore;

import java.nio.file.Path;

/**
 * Settings of the hot store; defaults and units stand in hot-store.yaml.
 *
 * @param remoteDirectory empty for a folder in the data directory
 * @param warehouse URI of the lake that hot tables are carried into
 * @param zookeeper {@code HOST:PORT}; empty where this process runs it
 */
record HotStoreSettings(
        String host,
        int port,
        int tabletPort,
        int zookeeperPort,
        int healthPort,
        Path dataDirectory,
        String remoteDirectory,
        String warehouse,
        Parts parts,
        String zookeeper,
        int tabletServerId,
        int tabletServers,
        int tabletServersWaitSeconds,
        int replicationFactor) {
    HotStoreSettings {
        boolean ownZookeeper = parts.contain(Part.ZOOKEEPER);
        require(ownZookeeper == zookeeper.isEmpty(), "either parts has zookeeper, or zookeeper says where it is");
        require(tabletServerId >= 0, "tabletServerId " + tabletServerId + " is negative");
        require(
                replicationFactor >= 1 && replicationFactor <= tabletServers,
                "replicationFactor " + replicationFactor + " needs as many tabletServers, and there are "
                        + tabletServers);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    boolean runs(Part part) {
        return parts.contain(part);
    }

    boolean isReplicated() {
        return replicationFactor > 1;
    }

    String zookeeperAddress() {
        return zookeeper.isEmpty() ? host + ":" + zookeeperPort : zookeeper;
    }

    /** Logs and rows of this process' tablet server. */
    Path tabletDirectory() {
        return dataDirectory.toAbsolutePath().resolve("tablets");
    }

    /** What the parts and the readers share: snapshots of rows, and segments of logs that are complete. */
    Path sharedDirectory() {
        return remoteDirectory.isEmpty()
                ? dataDirectory.toAbsolutePath().resolve("remote")
                : Path.of(remoteDirectory).toAbsolutePath();
    }
}
