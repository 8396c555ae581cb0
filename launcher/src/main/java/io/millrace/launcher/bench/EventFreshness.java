package io.millrace.launcher.bench;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.Services;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * From an event's acknowledgement by Kafka to its row by key over HTTP, and to the same row by SQL over the lake's copy. The
 * events are page views of customers that nobody has; their rows stay.
 */
public final class EventFreshness {
    private static final String TOPIC = "page_views";
    private static final String TABLE = "customer_activity";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final App app;
    private final Services services;

    public EventFreshness(App app, Services services) {
        this.app = app;
        this.services = services;
    }

    /** @param say gets a line for each figure */
    public void run(int events, Consumer<String> say) throws Exception {
        String topic = app.topics().stream()
                .filter(source -> source.name().equals(TOPIC))
                .map(Source.Events::topic)
                .findFirst()
                .orElseThrow(() -> new UserError("app " + app.name() + " has no topic '" + TOPIC + "'"));
        Random random = new Random();
        long[] byKey = new long[events];
        long[] bySql = new long[events];
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", services.kafka()), new StringSerializer(), new StringSerializer());
                HttpCaller api = new HttpCaller(URI.create(services.servingApi()));
                Connection lake = services.databases().connectToLake();
                PreparedStatement query = lake.prepareStatement(
                        "SELECT page_views FROM lake." + app.database() + "." + TABLE + " WHERE customer_id = ?")) {
            for (int i = 0; i < events; i++) {
                long customer = 1_000_000_000L + random.nextInt(1_000_000_000);
                producer.send(new ProducerRecord<>(topic, event(customer))).get();
                long start = System.nanoTime();
                byKey[i] = await(start, () -> api.get("/v1/lookup/" + TABLE + "/" + customer) == 200);
                bySql[i] = await(start, () -> found(query, customer));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            }
        }
        say.accept("event acknowledged to row by key over HTTP: " + new Latencies(byKey));
        say.accept("event acknowledged to row by SQL over the lake's copy: " + new Latencies(bySql));
    }

    private static String event(long customer) {
        return "{\"view_id\":\"" + UUID.randomUUID() + "\",\"customer_id\":" + customer
                + ",\"product_id\":1,\"path\":\"/bench\",\"viewed_at\":\"" + Instant.now() + "\"}";
    }

    private static boolean found(PreparedStatement query, long customer) throws SQLException {
        query.setLong(1, customer);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    private interface Look {
        boolean found() throws IOException, SQLException;
    }

    private static long await(long start, Look look) throws IOException, SQLException, InterruptedException {
        while (!look.found()) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new UserError(
                        "an event was not visible within " + LIMIT.toSeconds() + " s: see ./millrace status");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return System.nanoTime() - start;
    }
}
