package io.millrace.hotstore;

import io.millrace.lake.Warehouse;
import java.util.Map;
import org.apache.fluss.config.ConfigOptions;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.server.coordinator.CoordinatorServer;
import org.apache.fluss.server.tablet.TabletServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fluss' two servers, sized for a laptop. */
final class Fluss {
    private static final Logger log = LoggerFactory.getLogger(Fluss.class);
    private static final int EXIT_CODE = 4;

    private Fluss() {}

    static TabletServer startTabletServer(HotStoreSettings settings) throws Exception {
        Configuration configuration = common(settings, settings.tabletPort());
        configuration.set(ConfigOptions.TABLET_SERVER_ID, settings.tabletServerId());
        configuration.set(ConfigOptions.DATA_DIR, settings.tabletDirectory().toString());
        if (settings.isReplicated()) {
            configuration.set(
                    ConfigOptions.LOG_REPLICA_MIN_IN_SYNC_REPLICAS_NUMBER, settings.replicationFactor() / 2 + 1);
            // A write does not wake a follower's request for it: with the default of 500 ms it would wait as long to be
            // acknowledged.
            configuration.setString("log.replica.fetch.wait-max-time", "20 ms");
        }
        TabletServer server = new TabletServer(configuration) {
            @Override
            public void onFatalError(Throwable failure) {
                end(settings, failure);
            }
        };
        server.start();
        return server;
    }

    static CoordinatorServer startCoordinator(HotStoreSettings settings) throws Exception {
        CoordinatorServer server = new CoordinatorServer(common(settings, settings.port())) {
            @Override
            public void onFatalError(Throwable failure) {
                end(settings, failure);
            }
        };
        server.start();
        return server;
    }

    /** Fluss would end this server and leave the process without it. It ends like a kill, which costs no row. */
    private static void end(HotStoreSettings settings, Throwable failure) {
        log.error(
                "the hot store cannot go on, and ends to be started again; if the disk is full, make room in {}",
                settings.dataDirectory(),
                failure);
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    static Configuration zookeeperClient(HotStoreSettings settings) {
        Configuration configuration = new Configuration();
        configuration.setString("zookeeper.address", settings.zookeeperAddress());
        // A busy machine lets short sessions expire. Where others take over from a server that is gone, waiting long is
        // the greater harm.
        configuration.setString("zookeeper.client.session-timeout", settings.isReplicated() ? "30 s" : "60 s");
        return configuration;
    }

    private static Configuration common(HotStoreSettings settings, int port) {
        Configuration configuration = zookeeperClient(settings);
        configuration.set(ConfigOptions.BIND_LISTENERS, "FLUSS://" + settings.host() + ":" + port);
        configuration.set(
                ConfigOptions.REMOTE_DATA_DIR,
                settings.sharedDirectory().toUri().toString());
        configuration.set(ConfigOptions.DEFAULT_REPLICATION_FACTOR, settings.replicationFactor());
        Map.of(
                        "default.bucket.number", "1",
                        "netty.server.num-network-threads", "2",
                        "netty.server.num-worker-threads", "4",
                        "kv.snapshot.interval", "1 min")
                .forEach(configuration::setString);
        Warehouse lake = Warehouse.of(settings.warehouse(), System.getenv());
        configuration.setString("datalake.format", "paimon");
        configuration.setString("datalake.paimon.metastore", "filesystem");
        configuration.setString("datalake.paimon.warehouse", lake.uri());
        lake.access().forEach((key, value) -> configuration.setString("datalake.paimon." + key, value));
        return configuration;
    }
}
