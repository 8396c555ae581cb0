package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.App;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Databases;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.preflight.PortHolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A platform started with {@code up --detach} on free ports. */
final class RunningPlatform implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final DataFolder data;
    final Ports ports;
    private final Path app;
    private final int offset;
    private final String traffic;

    private RunningPlatform(Path app, Path data, int offset, String traffic) {
        this.app = app;
        this.data = new DataFolder(data);
        this.offset = offset;
        this.ports = Ports.withOffset(offset);
        this.traffic = traffic;
    }

    static RunningPlatform start(Path app, Path data, String traffic) throws IOException, InterruptedException {
        RunningPlatform platform = new RunningPlatform(app, data, freeOffset(), traffic);
        platform.up();
        return platform;
    }

    void up() throws IOException, InterruptedException {
        Cli.Result result = Cli.run(
                "up",
                "--detach",
                "--app",
                app.toString(),
                "--data",
                data.root().toString(),
                "--port-offset",
                String.valueOf(offset),
                "--traffic",
                traffic);
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
    }

    /** Below the ports that systems hand out for outgoing connections: a killed service must get its port back. */
    static int freeOffset() {
        Random random = new Random();
        while (true) {
            int offset = 1_000 + random.nextInt(12_000);
            if (Ports.withOffset(offset).users().keySet().stream().allMatch(PortHolder::isFree)) {
                return offset;
            }
        }
    }

    Cli.Result run(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of(command, "--data", data.root().toString()));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray(String[]::new));
    }

    JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(run("status", "--json").output());
    }

    PlatformState state() {
        return PlatformState.read(data).orElseThrow();
    }

    Services services() {
        return state().services(data);
    }

    Databases databases() {
        return services().databases();
    }

    List<String> column(String sql) throws SQLException {
        try (Connection connection = databases().connectToLake();
                Statement statement = connection.createStatement()) {
            // Not executeQuery: the driver itself would refuse what it does not take for a query.
            List<String> values = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).get(0));
    }

    /** The first value that the app's database gives. */
    String sourceValue(String sql) throws SQLException {
        try (Connection connection = connectToSource();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    void atSource(String sql) throws SQLException {
        try (Connection connection = connectToSource();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Connection connectToSource() throws SQLException {
        return databases().connectToSource(App.load(app).ownDatabases().get(0).name());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.servingApi() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** The process id of a service, 0 while it does not run. */
    long pid(String service) {
        PlatformState state = state();
        return service.equals("launcher")
                ? state.launcherPid()
                : state.programs().stream()
                        .filter(program -> program.name().equals(service))
                        .mapToLong(program -> program.pid())
                        .findFirst()
                        .orElse(0);
    }

    /** kill -9. */
    void kill(String service) {
        ProcessHandle.of(pid(service)).orElseThrow().destroyForcibly();
    }

    /** kill -9 of these at once; waits until others run in their place and everything is healthy, and returns the seconds it took. */
    long killAndAwait(List<String> together, Duration limit) {
        Map<String, Long> killed = new HashMap<>();
        together.forEach(program -> killed.put(program, pid(program)));
        long start = System.nanoTime();
        together.forEach(this::kill);
        await().atMost(limit)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    killed.forEach((program, pid) ->
                            assertThat(pid(program)).as(program).isNotIn(pid, 0L));
                    assertThat(healthy()).as(state().toString()).isTrue();
                });
        return (System.nanoTime() - start) / 1_000_000_000;
    }

    /** Everything runs: services, jobs, API. */
    boolean healthy() throws IOException, InterruptedException {
        PlatformState state = state();
        return state.isRunning()
                && state.phase().equals("ready")
                && state.programs().stream().allMatch(program -> program.state().equals("ready"))
                && state.jobs().stream().allMatch(job -> job.state().equals("running"))
                && get("/ready").statusCode() == 200;
    }

    void assertEqual() throws IOException, InterruptedException {
        Cli.Result result = run("verify");
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
        System.out.println(result.output());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down");
    }
}
