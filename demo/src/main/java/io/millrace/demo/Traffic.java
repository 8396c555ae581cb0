package io.millrace.demo;

import io.millrace.service.Program;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the app's traffic files at a steady rate, drawn by weight; a lost database or log is waited for. */
public final class Traffic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Traffic.class);
    private static final long RETRY_MILLIS = 1000;

    private final TrafficSettings settings;
    private final List<TrafficAction> actions;
    private final KafkaProducer<String, String> events;
    private final Random random = new Random();
    private final Thread worker = new Thread(this::run, "traffic");
    private volatile boolean closed;

    private Traffic(TrafficSettings settings) {
        this.settings = settings;
        this.actions = TrafficAction.readAll(settings.folder());
        this.events = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.kafka(), "acks", "all", "client.id", "traffic"),
                new StringSerializer(),
                new StringSerializer());
    }

    public static void main(String[] arguments) {
        Program.run("traffic", TrafficSettings.class, arguments, settings -> {
            Traffic traffic = new Traffic(settings);
            traffic.worker.start();
            return traffic;
        });
    }

    private void run() {
        while (!closed) {
            try (Connection connection =
                    DriverManager.getConnection(settings.database(), settings.user(), settings.password())) {
                connection.setAutoCommit(false);
                runOn(connection);
            } catch (SQLException | ExecutionException e) {
                log.warn("the source is away: {}", e.getMessage());
                pause(RETRY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void runOn(Connection connection) throws SQLException, ExecutionException, InterruptedException {
        double periodNanos = 1e9 / settings.actionsPerSecond();
        double due = System.nanoTime();
        while (!closed) {
            run(connection, draw());
            due = Math.max(due + periodNanos, System.nanoTime() - 1e9);
            long wait = (long) (due - System.nanoTime());
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }
    }

    private void run(Connection connection, TrafficAction action)
            throws SQLException, ExecutionException, InterruptedException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock_shared(" + TrafficPause.LOCK + ")");
            if (action.topic().isPresent()) {
                send(action.topic().get(), statement.executeQuery(action.sql()));
            } else {
                statement.execute(action.sql());
            }
            if (action.rollback()) {
                connection.rollback();
            } else {
                connection.commit();
            }
        } catch (SQLException e) {
            if (!connection.isValid(2)) {
                throw e;
            }
            connection.rollback();
            log.warn("{}: {}", action.name(), e.getMessage());
        }
    }

    private void send(String topic, ResultSet rows) throws SQLException, ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        while (rows.next()) {
            sent.add(events.send(new ProducerRecord<>(topic, rows.getString(1), rows.getString(2))));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private TrafficAction draw() {
        int drawn =
                random.nextInt(actions.stream().mapToInt(TrafficAction::weight).sum());
        for (TrafficAction action : actions) {
            drawn -= action.weight();
            if (drawn < 0) {
                return action;
            }
        }
        throw new AssertionError("weights sum up to more than was drawn");
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        events.close(java.time.Duration.ofSeconds(2));
    }
}
