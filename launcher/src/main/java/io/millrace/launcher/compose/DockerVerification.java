package io.millrace.launcher.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Proves the full stack on a machine with Docker: what docs/unproven.md says of it, one step after the other. */
public final class DockerVerification {
    private static final int SHOWN_LINES = 30;
    private static final List<String> KILLED = List.of("taskmanager", "jobmanager", "kafka", "doris-be");

    private final List<String> docker;
    private final Path home;
    private final Consumer<String> say;
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * A step that has run.
     *
     * @param command what a user would type
     * @param output the last lines it printed
     */
    public record Outcome(String what, String command, boolean ok, long seconds, String output) {}

    /**
     * @param home folder of docker-compose.yml
     * @param say gets one line for each step
     */
    public DockerVerification(Path home, Consumer<String> say) {
        this(List.of("docker", "compose"), home, say);
    }

    DockerVerification(List<String> docker, Path home, Consumer<String> say) {
        this.docker = docker;
        this.home = home;
        this.say = say;
    }

    /** Runs every step; later ones run after one that failed too, except that nothing runs without a stack. */
    public List<Outcome> run() throws IOException, InterruptedException {
        if (compose("the file is valid", "config", "--quiet") && up("every service is healthy")) {
            deployer("the lake equals its sources", "verify");
            if (compose(
                    "lake-sql is up beside Doris", "--profile", "lake-sql", "up", "--detach", "--wait", "lake-sql")) {
                deployer("Doris answers every endpoint with lake-sql's rows", "verify", "--against", "lake-sql:9030");
            }
            deployer("Doris says its version", "sql", "-e", "SELECT version()");
            for (String service : KILLED) {
                compose(service + " is killed", "kill", "--signal", "KILL", service);
                up("… and comes back");
                deployer("… and the lake equals its sources", "verify");
            }
            compose("the dashboards are up", "--profile", "observability", "up", "--detach", "--wait", "grafana");
        }
        return List.copyOf(outcomes);
    }

    private boolean up(String what) throws IOException, InterruptedException {
        return compose(what, "up", "--detach", "--wait");
    }

    private void deployer(String what, String... arguments) throws IOException, InterruptedException {
        compose(
                what,
                Stream.concat(Stream.of("exec", "--no-TTY", "deployer", "program"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private boolean compose(String what, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(docker);
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Path output = Files.createTempFile("millrace-verify", ".log");
        try {
            boolean ok = new ProcessBuilder(command)
                            .directory(home.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start()
                            .waitFor()
                    == 0;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            List<String> lines = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            outcomes.add(new Outcome(
                    what,
                    String.join(" ", command),
                    ok,
                    seconds,
                    String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()))));
            say.accept(String.format(Locale.ROOT, "%-6s %s (%d s)", ok ? "ok" : "FAILED", what, seconds));
            return ok;
        } finally {
            Files.delete(output);
        }
    }

    /** The steps with their commands, times and output, as Markdown. */
    public static String report(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder("# The full stack, verified\n\n")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append("\n\n| step | | seconds |\n|---|---|---|\n");
        outcomes.forEach(outcome -> text.append("| ")
                .append(outcome.what())
                .append(" | ")
                .append(outcome.ok() ? "ok" : "FAILED")
                .append(" | ")
                .append(outcome.seconds())
                .append(" |\n"));
        outcomes.forEach(outcome -> text.append("\n## ")
                .append(outcome.what())
                .append("\n```\n$ ")
                .append(outcome.command())
                .append('\n')
                .append(outcome.output())
                .append("\n```\n"));
        return text.toString();
    }
}
