package io.millrace.hotstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.fluss.client.ConnectionFactory;
import org.apache.fluss.config.Configuration;

/** The hot store as its users start it, in a Java process of its own. */
public final class HotStoreProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final int port = HotStoreProgram.freePort();
    private final int zookeeperPort = HotStoreProgram.freePort();
    private final HotStoreProgram program;

    private HotStoreProcess(Path folder) throws IOException {
        this.folder = folder;
        this.program = new HotStoreProgram(folder, "hot-store", """
                port: %d
                tabletPort: %d
                zookeeperPort: %d
                dataDirectory: %s
                warehouse: %s
                """.formatted(
                        port, HotStoreProgram.freePort(), zookeeperPort, folder.resolve("data"), warehouse()));
        restart();
    }

    public static HotStoreProcess start(Path folder) throws IOException {
        return new HotStoreProcess(folder);
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Where Fluss keeps what it knows, for ZooKeeper's client. */
    public String zookeeper() {
        return "127.0.0.1:" + zookeeperPort + "/fluss";
    }

    /** URI of the lake that its tables are carried into. */
    public String warehouse() {
        return folder.resolve("lake").toUri().toString();
    }

    public void kill() throws InterruptedException {
        program.kill();
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    public void restart() throws IOException {
        program.start();
        await().atMost(LIMIT).until(() -> program.listens(port));
        // A coordinator that listens may still refuse for a moment.
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            Configuration configuration = new Configuration();
            configuration.setString("bootstrap.servers", bootstrap());
            ConnectionFactory.createConnection(configuration).close();
            return true;
        });
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
