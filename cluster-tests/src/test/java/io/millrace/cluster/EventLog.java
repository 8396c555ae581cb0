package io.millrace.cluster;

import static org.awaitility.Awaitility.await;

import io.millrace.app.App;
import io.millrace.launcher.deploy.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The event log's program, with a topic of numbers. */
final class EventLog implements AutoCloseable {
    private final JavaProcess process;
    private final int port;
    private int last;

    private EventLog(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param app whose topics there are to be */
    static EventLog start(Path folder, App app) throws IOException, InterruptedException {
        int port = JavaProcess.freePort();
        JavaProcess process = JavaProcess.start(
                JavaProcess.HOME.resolve("engines/event-log/target/classes") + ":"
                        + JavaProcess.classPath("engines/event-log"),
                List.of("-Xmx320m", "-Dmillrace.log.level=WARN"),
                List.of("io.millrace.eventlog.EventLog"),
                Map.of(
                        "MILLRACE_EVENT_LOG_PORT", String.valueOf(port),
                        "MILLRACE_EVENT_LOG_CONTROLLER_PORT", String.valueOf(JavaProcess.freePort()),
                        "MILLRACE_EVENT_LOG_CONNECT_PORT", String.valueOf(JavaProcess.freePort()),
                        "MILLRACE_EVENT_LOG_DATA_DIRECTORY",
                                folder.resolve("event-log").toString()),
                folder.resolve("event-log.log"));
        EventLog log = new EventLog(process, port);
        await().atMost(Duration.ofMinutes(3)).until(log::answers);
        Topics.ensure(app, log.address());
        return log;
    }

    private boolean answers() throws IOException, InterruptedException {
        process.requireAlive();
        return JavaProcess.listens(port);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The last of the numbers in the topic, which are 1, 2, 3 and so on. */
    int last() {
        return last;
    }

    /** Adds the next so many numbers. */
    void add(String topic, int count) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                last++;
                producer.send(new ProducerRecord<>(topic, "{\"number\": " + last + "}"));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
