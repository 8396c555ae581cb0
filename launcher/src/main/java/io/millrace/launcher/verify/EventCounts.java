package io.millrace.launcher.verify;

import io.millrace.app.Source;
import io.millrace.launcher.layout.Numbers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Committed events of a topic against what became of them in the lake.
 *
 * @param events committed events in the topic
 * @param rows rows in the lake table
 * @param deadLetters events of the topic that could not be read
 */
public record EventCounts(String table, String topic, long events, long rows, long deadLetters) {
    public boolean equal() {
        return events == rows + deadLetters;
    }

    static EventCounts count(Source.Events source, String database, String kafka, Connection lake) throws SQLException {
        String table = database + "." + source.name();
        return new EventCounts(
                table,
                source.topic(),
                committed(source.topic(), kafka),
                Numbers.of(lake, "SELECT count(*) FROM lake." + table),
                Numbers.of(lake, "SELECT count(*) FROM lake.ops.dead_letters WHERE topic = '" + source.topic() + "'"));
    }

    private static long committed(String topic, String kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed", "client.id", "millrace-verify"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long count = 0;
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                count += records.count();
            }
            return count;
        }
    }
}
