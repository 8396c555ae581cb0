package io.millrace.launcher.deploy;

import io.millrace.app.App;
import io.millrace.app.Markers;
import io.millrace.app.Source;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics that jobs read before anything writes them. */
public final class Topics {
    private static final String PARTITIONS = "topic.creation.default.partitions";

    private Topics() {}

    public static void ensure(App app, String kafka) throws IOException, InterruptedException {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (Source.Cdc source : app.databases()) {
            int partitions = Integer.parseInt(source.connector().getOrDefault(PARTITIONS, "1"));
            source.tables().forEach(table -> wanted.put(table.topic(), partitions));
            wanted.put(Markers.topic(source), 1);
        }
        app.topics().forEach(topic -> wanted.put(topic.topic(), 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka, "client.id", "millrace-topics"))) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = wanted.entrySet().stream()
                    .filter(topic -> !present.contains(topic.getKey()))
                    .map(topic -> new NewTopic(topic.getKey(), Optional.of(topic.getValue()), Optional.empty()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IOException("Kafka at " + kafka + " did not make the topics: " + e.getMessage(), e);
        }
    }
}
