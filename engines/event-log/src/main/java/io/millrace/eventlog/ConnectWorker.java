package io.millrace.eventlog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/**
 * One Kafka Connect worker, exactly-once for sources. Connectors come by its REST API; {@code ${env:NAME}} in their
 * configuration is read from this process's environment, so that no secret is stored in a topic.
 */
final class ConnectWorker implements AutoCloseable {
    private final Connect<DistributedHerder> connect;

    private ConnectWorker(Connect<DistributedHerder> connect) {
        this.connect = connect;
    }

    static ConnectWorker start(EventLogSettings settings) {
        // Its own hook would stop it beside ours, which would then not wait and take the broker away in the middle of a
        // commit: a transaction that nobody ends, behind which no later worker can read its offsets.
        Exit.setShutdownHookAdder((name, hook) -> {});
        return new ConnectWorker(new ConnectDistributed(new String[0]).startConnect(properties(settings)));
    }

    private static Map<String, String> properties(EventLogSettings settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bootstrap.servers", settings.bootstrap(),
                "group.id", "millrace-connect",
                "listeners", "http://" + settings.host() + ":" + settings.connectPort(),
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "key.converter.schemas.enable", "false",
                "value.converter.schemas.enable", "false",
                "exactly.once.source.support", "enabled",
                "plugin.discovery", "service_load"));
        for (String topic : List.of("config", "offset", "status")) {
            properties.put(topic + ".storage.topic", "_connect_" + topic);
            properties.put(topic + ".storage.replication.factor", "1");
        }
        properties.putAll(Map.of(
                "offset.storage.partitions", "1",
                "status.storage.partitions", "1",
                "offset.flush.interval.ms", "1000",
                "scheduled.rebalance.max.delay.ms", "0",
                "session.timeout.ms", "6000",
                "heartbeat.interval.ms", "2000",
                "producer.max.request.size", String.valueOf(16 << 20),
                // After a kill the next worker's start waits for the end of the transactions that were open.
                "producer.transaction.timeout.ms", "15000",
                "config.providers", "env",
                "config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider"));
        return properties;
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }
}
