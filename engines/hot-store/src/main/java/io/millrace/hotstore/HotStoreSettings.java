package io.millrace.hotstore;

import java.nio.file.Path;

/** Settings of the hot store; defaults stand in hot-store.yaml. */
record HotStoreSettings(String host, int port, int tabletPort, int zookeeperPort, Path dataDirectory) {
    String zookeeper() {
        return host + ":" + zookeeperPort;
    }
}
