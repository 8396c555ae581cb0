package io.millrace.ingestion.media;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The document reader as a process that is started again whenever it ends. */
final class ReaderProcess implements AutoCloseable {
    final AtomicInteger starts = new AtomicInteger();

    private final int port;
    private final Path folder;
    private volatile boolean closed;
    private volatile Process process;

    ReaderProcess(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    void start(int secondsPerFile) throws IOException {
        Path settings = folder.resolve("reader.yaml");
        Files.writeString(
                settings,
                "port: " + port + "\nworkFolder: " + folder.resolve("work") + "\nocr: none\nsecondsPerFile: "
                        + secondsPerFile + "\n");
        Thread supervisor = new Thread(() -> {
            while (!closed) {
                try {
                    starts.incrementAndGet();
                    process = new ProcessBuilder(List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-XX:+ExitOnOutOfMemoryError",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "io.millrace.reader.DocumentReader",
                                    settings.toString()))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("reader.log").toFile())
                            .start();
                    process.waitFor();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        supervisor.setDaemon(true);
        supervisor.start();
    }

    @Override
    public void close() {
        closed = true;
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
