package io.millrace.eventlog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka broker that is its own KRaft controller, sized for a laptop. */
final class Broker implements AutoCloseable {
    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    static Broker start(EventLogSettings settings) throws Exception {
        Path logs = settings.dataDirectory().toAbsolutePath().resolve("topics");
        if (!Files.exists(logs.resolve("meta.properties"))) {
            Files.createDirectories(logs);
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        }
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties(settings, logs), false), Time.SYSTEM);
        server.startup();
        return new Broker(server);
    }

    private static Properties properties(EventLogSettings settings, Path logs) {
        String controller = settings.host() + ":" + settings.controllerPort();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@" + controller,
                "listeners",
                "PLAINTEXT://" + settings.bootstrap() + ",CONTROLLER://" + controller,
                "advertised.listeners",
                "PLAINTEXT://" + settings.bootstrap(),
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "log.dirs",
                logs.toString()));
        properties.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "transaction.max.timeout.ms", "3600000",
                "log.retention.hours", String.valueOf(settings.retentionHours())));
        properties.putAll(Map.of(
                "num.network.threads", "2",
                "num.io.threads", "3",
                "background.threads", "2",
                "num.recovery.threads.per.data.dir", "2",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                "log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20),
                "message.max.bytes", String.valueOf(16 << 20),
                "replica.fetch.max.bytes", String.valueOf(16 << 20)));
        return properties;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
