package io.millrace.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The millrace command as a user types it, with a time zone far from UTC. */
final class Cli {
    static final Path HOME = Path.of(System.getProperty("millrace.home"));

    private Cli() {}

    /** What a command left behind. */
    record Result(int exitCode, String output, String errors) {}

    static Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    static Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("millrace", ".out");
        Path errors = Files.createTempFile("millrace", ".err");
        try {
            List<String> command =
                    new ArrayList<>(List.of("sh", HOME.resolve("millrace").toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().put("MILLRACE_BUILD", System.getProperty("millrace.build"));
            builder.environment().put("TZ", "Asia/Kolkata");
            // The programs of a test end before the second compiler pays for itself.
            builder.environment()
                    .put("MILLRACE_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=128m");
            builder.environment().remove("MILLRACE_STARTED_AT");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within 5 minutes:\n" + Files.readString(output));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
