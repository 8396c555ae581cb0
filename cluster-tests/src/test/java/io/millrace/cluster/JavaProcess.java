package io.millrace.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of one main class in a JVM of its own, gone when closed. */
final class JavaProcess implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("millrace.home"));

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param output gets all it prints */
    static JavaProcess start(
            String classPath,
            List<String> options,
            List<String> mainClassAndArguments,
            Map<String, String> environment,
            Path output)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Duser.timezone=UTC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(mainClassAndArguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new JavaProcess(process, output);
    }

    /** The class path of one of our modules, as its build wrote it down. */
    static String classPath(String module) throws IOException {
        return Files.readString(HOME.resolve(module).resolve("target/program.classpath"))
                .strip();
    }

    /** The jars of the tests' own class path whose names begin so. */
    static String jars(String... names) {
        return select(System.getProperty("java.class.path"), names);
    }

    /** The jars of a class path whose names begin so. */
    static String select(String classPath, String... names) {
        return String.join(
                ":",
                Arrays.stream(classPath.split(":"))
                        .filter(entry -> Arrays.stream(names)
                                .anyMatch(name ->
                                        Path.of(entry).getFileName().toString().startsWith(name)))
                        .toList());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws AssertionError with what it printed when it has ended */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("it has ended:\n" + Files.readString(output));
        }
    }

    /** Waits for its end, which must be a good one. */
    void await() throws IOException, InterruptedException {
        if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("it did not end well:\n" + Files.readString(output));
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
