package io.millrace.reader;

import static org.awaitility.Awaitility.await;

import io.millrace.reader.RunningReader.ReaderClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The program as it is started for users: a process with little memory. */
final class ChildReader implements AutoCloseable {
    private final Process process;
    private final ReaderClient client;

    private ChildReader(Process process, ReaderClient client) {
        this.process = process;
        this.client = client;
    }

    /** @param settings lines of YAML besides the address and the folder */
    static ChildReader start(Path folder, String settings) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path file = folder.resolve("settings.yaml");
        Files.writeString(file, "port: " + port + "\nworkFolder: " + folder.resolve("work") + "\n" + settings + "\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DocumentReader.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("MILLRACE_SUPERVISED", "true");
        ChildReader child = new ChildReader(builder.start(), new ReaderClient(port));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> child.client.get("/health").statusCode() == 200);
        return child;
    }

    ReaderClient client() {
        return client;
    }

    Process process() {
        return process;
    }

    /** Its share of the machine's memory, in MiB. */
    long pssMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
