package io.millrace.hotstore;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The program in a Java process of its own, with settings of its own, that can be killed and started again. */
final class HotStoreProgram {
    private static final int CONNECT_MILLIS = 1000;

    private final Path settings;
    private final Path log;
    private @Nullable Process process;

    /**
     * @param name of its settings file and its log in the folder
     * @param settings the file's text
     */
    HotStoreProgram(Path folder, String name, String settings) throws IOException {
        this.settings = Files.writeString(folder.resolve(name + ".yaml"), settings);
        this.log = folder.resolve(name + ".log");
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HotStore.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** @throws AssertionError with its log when it has ended */
    boolean listens(int port) throws IOException {
        if (!isAlive()) {
            throw new AssertionError("it ended: " + log());
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
