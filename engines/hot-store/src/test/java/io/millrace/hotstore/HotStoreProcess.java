package io.millrace.hotstore;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The hot store as its users start it, in a Java process of its own. */
public final class HotStoreProcess implements AutoCloseable {
    private final Path folder;
    private final List<Integer> ports = List.of(freePort(), freePort(), freePort());
    private Process process;

    private HotStoreProcess(Path folder) throws IOException {
        this.folder = folder;
        this.process = launch();
        awaitListening();
    }

    public static HotStoreProcess start(Path folder) throws IOException {
        return new HotStoreProcess(folder);
    }

    public String bootstrap() {
        return "127.0.0.1:" + ports.get(0);
    }

    /** URI of the lake that its tables are carried into. */
    public String warehouse() {
        return folder.resolve("lake").toUri().toString();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void restart() throws IOException {
        process = launch();
        awaitListening();
    }

    private Process launch() throws IOException {
        Path settings = folder.resolve("settings.yaml");
        Files.writeString(
                settings, """
                port: %d
                tabletPort: %d
                zookeeperPort: %d
                dataDirectory: %s
                warehouse: %s
                """.formatted(ports.get(0), ports.get(1), ports.get(2), folder.resolve("data"), warehouse()));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HotStore.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitListening() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended: " + Files.readString(folder.resolve("log")));
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(0)), 1000);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
