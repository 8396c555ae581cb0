package io.millrace.hotstore;

import java.nio.file.Path;

/**
 * Settings of the hot store; defaults stand in hot-store.yaml.
 *
 * @param warehouse URI of the lake that hot tables are carried into
 */
record HotStoreSettings(
        String host, int port, int tabletPort, int zookeeperPort, Path dataDirectory, String warehouse) {
    String zookeeper() {
        return host + ":" + zookeeperPort;
    }
}
