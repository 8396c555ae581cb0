package io.millrace.hotstore;

import io.millrace.lake.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import org.apache.fluss.config.ConfigOptions;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.server.coordinator.CoordinatorServer;
import org.apache.fluss.server.tablet.TabletServer;

/** One tablet server and the coordinator, sized for a laptop. */
final class Fluss implements AutoCloseable {
    private final TabletServer tablets;
    private final CoordinatorServer coordinator;

    private Fluss(TabletServer tablets, CoordinatorServer coordinator) {
        this.tablets = tablets;
        this.coordinator = coordinator;
    }

    /**
     * The tablet server first: a coordinator that finds none alive makes every bucket leaderless, and a server that comes
     * then follows nobody and cuts its log back to the last checkpoint of its high watermark: acknowledged writes are gone.
     */
    static Fluss start(HotStoreSettings settings) throws Exception {
        TabletServer tablets = new TabletServer(tabletServer(settings));
        tablets.start();
        CoordinatorServer coordinator = new CoordinatorServer(common(settings, settings.port()));
        coordinator.start();
        return new Fluss(tablets, coordinator);
    }

    private static Configuration tabletServer(HotStoreSettings settings) {
        Configuration configuration = common(settings, settings.tabletPort());
        configuration.set(ConfigOptions.TABLET_SERVER_ID, 0);
        configuration.set(ConfigOptions.DATA_DIR, folder(settings, "tablets").toString());
        return configuration;
    }

    private static Configuration common(HotStoreSettings settings, int port) {
        Configuration configuration = new Configuration();
        configuration.set(ConfigOptions.BIND_LISTENERS, "FLUSS://" + settings.host() + ":" + port);
        configuration.set(
                ConfigOptions.REMOTE_DATA_DIR,
                folder(settings, "remote").toUri().toString());
        Map.of(
                        "zookeeper.address", settings.zookeeper(),
                        "zookeeper.client.session-timeout", "60 s",
                        "default.bucket.number", "1",
                        "default.replication.factor", "1",
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

    private static Path folder(HotStoreSettings settings, String name) {
        return settings.dataDirectory().toAbsolutePath().resolve(name);
    }

    @Override
    public void close() throws Exception {
        tablets.close();
        coordinator.close();
    }
}
