package io.millrace.agent.work;

import io.millrace.agent.runtime.RestorableAgents;
import io.millrace.agent.trigger.Buckets;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.app.agent.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.agents.api.Event;
import org.apache.flink.agents.api.InputEvent;
import org.apache.flink.agents.api.agents.Agent;
import org.apache.flink.agents.api.annotation.Action;
import org.apache.flink.agents.api.context.RunnerContext;
import org.apache.flink.agents.plan.AgentConfiguration;
import org.apache.flink.agents.plan.AgentPlan;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecution;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * What an agent's memory costs on ForSt with its files in the checkpoint directory, as agents have it, beside incremental
 * RocksDB: every customer is remembered, a checkpoint taken, a tenth of them changed, another taken; then the process is
 * killed and the job restored at parallelism 2 in a new one, a checkpoint taken, killed again and restored at 4, and each
 * time every customer's memory is read, held against what it must be and written anew.
 *
 * <p>Arguments: customers (6400), bytes remembered of each (32768).
 */
public final class AgentStateBenchmark {
    private static final double MEBI = 1 << 20;
    private static final AtomicLong right = new AtomicLong();
    private static final AtomicLong wrong = new AtomicLong();
    private static volatile int customers = 6400;
    private static volatile int bytes = 32768;
    private static volatile CompletableFuture<Void> changes = new CompletableFuture<>();

    private static final io.millrace.app.agent.Agent AGENT = new io.millrace.app.agent.Agent(
            "notes",
            new io.millrace.app.agent.Agent.Trigger(
                    "shop.notes", List.of(), false, new io.millrace.app.agent.Agent.Backlog(0, 0)),
            "id",
            List.of("customer"),
            "chat",
            "embed",
            List.of(),
            List.of(),
            null,
            2,
            new io.millrace.app.agent.Agent.Memory("customer", 1, List.of("note")),
            new Output("ai.notes", List.of()),
            null,
            new io.millrace.app.agent.Agent.Limits(1, 1, 1, 0, 100),
            "agents/notes/agent.yaml");

    private AgentStateBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            customers = Integer.parseInt(arguments[0]);
            bytes = Integer.parseInt(arguments[1]);
        }
        if (arguments.length > 2) {
            life(Life.valueOf(arguments[2]), arguments[3], arguments[4], Path.of(arguments[5]), arguments[6]);
            return;
        }
        System.out.printf(Locale.ROOT, "%d customers, %.0f MiB remembered%n%n", customers, customers * bytes / MEBI);
        System.out.println("| backend | local | new files, full | new files, 10 % changed |"
                + " killed, open at 2 | new files there | killed, open at 4 | right | wrong |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        System.out.println(row("forst", "forst", "0 b"));
        System.out.println(row("forst, cache of 16 MiB", "forst", "16 mb"));
        System.out.println(row("rocksdb", "rocksdb", "0 b"));
        System.exit(0);
    }

    /** What a process does before it is killed. */
    private enum Life {
        FIRST,
        AT_TWO,
        AT_FOUR
    }

    private static String row(String name, String backend, String cache) throws Exception {
        Path folder = Files.createTempDirectory("agent-state");
        Map<String, String> first = killed(Life.FIRST, backend, cache, folder, "");
        Map<String, String> two = killed(Life.AT_TWO, backend, cache, folder, first.get("checkpoint"));
        Map<String, String> four = killed(Life.AT_FOUR, backend, cache, folder, two.get("checkpoint"));
        long allRight = 0;
        long allWrong = 0;
        for (Map<String, String> life : List.of(first, two, four)) {
            allRight += Long.parseLong(life.get("right"));
            allWrong += Long.parseLong(life.get("wrong"));
        }
        return "| " + name + " | " + first.get("local") + " | " + first.get("full") + " | " + first.get("changed")
                + " | "
                + two.get("open") + " | " + two.get("written") + " | " + four.get("open") + " | " + allRight + " | "
                + allWrong + " |";
    }

    /** Lets a process of its own live until it has said all it has to say, and kills it. */
    private static Map<String, String> killed(Life life, String backend, String cache, Path folder, String checkpoint)
            throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AgentStateBenchmark.class.getName()));
        command.addAll(List.of(String.valueOf(customers), String.valueOf(bytes), life.name(), backend, cache));
        command.addAll(List.of(folder.toString(), checkpoint));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, String> said = new HashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            String line;
            while (!said.containsKey("end")) {
                line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException(life + " on " + backend + " ended with " + process.waitFor());
                }
                int equals = line.indexOf('=');
                if (equals > 0) {
                    said.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
    }

    private static void life(Life life, String backend, String cache, Path folder, String checkpoint) throws Exception {
        int tenth = customers / 10;
        Path local = folder.resolve("tmp " + life);
        Path remote = folder.resolve("checkpoints");
        // Closed by the kill.
        MiniCluster cluster = cluster(local, remote);
        if (life == Life.FIRST) {
            Set<Path> programs = files(local).keySet();
            JobID job = submit(cluster, graph(backend, cache, 2, 0));
            awaitSeen(customers);
            cluster.triggerCheckpoint(job).get();
            Map<Path, Long> full = files(remote);
            Map<Path, Long> working = files(local);
            working.keySet().removeAll(programs);
            working.keySet().removeIf(path -> path.toString().endsWith(".so"));
            changes.complete(null);
            awaitSeen(customers + tenth);
            say("checkpoint", cluster.triggerCheckpoint(job).get());
            Map<Path, Long> changed = files(remote);
            changed.keySet().removeAll(full.keySet());
            say("local", mebi(working));
            say("full", mebi(full));
            say("changed", mebi(changed));
        } else {
            int parallelism = life == Life.AT_TWO ? 2 : 4;
            int from = life == Life.AT_TWO ? customers + tenth : 2 * customers + tenth;
            Map<Path, Long> before = files(remote);
            JobID job = submit(cluster, restored(graph(backend, cache, parallelism, from), checkpoint));
            awaitSeen(customers);
            say("open", openMillis(cluster, job) + " ms");
            say("checkpoint", cluster.triggerCheckpoint(job).get());
            Map<Path, Long> written = files(remote);
            written.keySet().removeAll(before.keySet());
            say("written", mebi(written));
        }
        say("right", String.valueOf(right.get()));
        say("wrong", String.valueOf(wrong.get()));
        say("end", "");
        TimeUnit.HOURS.sleep(1);
    }

    private static void say(String name, String value) {
        System.out.println(name + "=" + value);
    }

    private static String mebi(Map<Path, Long> files) {
        return String.format(
                Locale.ROOT,
                "%.1f MiB",
                files.values().stream().mapToLong(Long::longValue).sum() / MEBI);
    }

    private static MiniCluster cluster(Path local, Path remote) throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(Map.of(
                        "taskmanager.memory.managed.size", "256 mb",
                        "taskmanager.memory.network.min", "64 mb",
                        "taskmanager.memory.network.max", "64 mb",
                        "rest.bind-port", "0",
                        "io.tmp.dirs", local.toString(),
                        "execution.checkpointing.dir", remote.toUri().toString())))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
        cluster.start();
        return cluster;
    }

    /** With the rows from a position on. */
    private static StreamGraph graph(String backend, String cache, int parallelism, int from) throws Exception {
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(Map.of(
                        "parallelism.default", "1",
                        "pipeline.max-parallelism", "128",
                        "restart-strategy.type", "none",
                        "execution.checkpointing.interval", "1 h",
                        "execution.checkpointing.incremental", "true",
                        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION",
                        "state.backend.type", backend,
                        "state.backend.forst.cache.size-based-limit", cache,
                        "state.backend.forst.sync.enforce-local", "false")));
        streams.getCheckpointConfig().enableUnalignedCheckpoints();
        Buckets buckets = new Buckets(streams.getMaxParallelism());
        RateLimiterStrategy<NumberSequenceSource.NumberSequenceSplit> pace = readers -> new Pace(from == 0);
        RestorableAgents.run(
                        streams.fromSource(
                                        new DataGeneratorSource<>(
                                                number -> event(from + number), Long.MAX_VALUE, pace, Types.STRING),
                                        WatermarkStrategy.noWatermarks(),
                                        "rows")
                                .uid("rows from " + from)
                                .keyBy(event -> buckets.of(customer(event))),
                        new AgentPlan(new Remembering(), new AgentConfiguration()))
                .uid("agent")
                .setParallelism(parallelism)
                .sinkTo(new DiscardingSink<>());
        return streams.getStreamGraph();
    }

    /** All customers, then those of them that change when they may, then none. */
    private static final class Pace implements RateLimiter<NumberSequenceSource.NumberSequenceSplit> {
        private final boolean changing;
        private int taken;

        Pace(boolean changing) {
            this.changing = changing;
        }

        @Override
        public CompletionStage<Void> acquire(int events) {
            taken += events;
            if (taken <= customers) {
                return CompletableFuture.completedFuture(null);
            }
            return changing && taken <= customers + customers / 10 ? changes : new CompletableFuture<>();
        }
    }

    private static StreamGraph restored(StreamGraph graph, String checkpoint) {
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint, true, RecoveryClaimMode.CLAIM));
        return graph;
    }

    private static JobID submit(MiniCluster cluster, StreamGraph graph) throws Exception {
        return cluster.submitJob(graph).get().getJobID();
    }

    private static void awaitSeen(long rows) throws InterruptedException {
        while (right.get() + wrong.get() < rows) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The slowest task's time between its start and its first row. */
    private static long openMillis(MiniCluster cluster, JobID job) throws Exception {
        long slowest = 0;
        for (AccessExecutionVertex vertex : cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            AccessExecution attempt = vertex.getCurrentExecutionAttempt();
            slowest = Math.max(
                    slowest,
                    attempt.getStateTimestamp(ExecutionState.RUNNING)
                            - attempt.getStateTimestamp(ExecutionState.INITIALIZING));
        }
        return slowest;
    }

    /** Files that go away meanwhile are left out. */
    private static Map<Path, Long> files(Path root) throws IOException {
        Map<Path, Long> sizes = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sizes.put(file, attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sizes;
    }

    private static String event(long position) throws IOException {
        TriggerEvent event = new TriggerEvent();
        event.key = String.valueOf(position);
        event.row = Map.of("customer", String.valueOf(customerAt(position)));
        return Work.JSON.writeValueAsString(event);
    }

    private static String customer(String event) throws IOException {
        return Work.JSON.readValue(event, TriggerEvent.class).row.get("customer");
    }

    /** The first tenth of the customers comes twice before the first restore. */
    private static long customerAt(long position) {
        int round = customers + customers / 10;
        return position < round ? position % customers : (position - round) % customers;
    }

    /** Text of a position that does not compress. */
    private static String text(long position) {
        byte[] random = new byte[bytes * 3 / 4];
        new Random(position).nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }

    /** Holds a customer's memory against what it must be, then remembers the row. */
    public static final class Remembering extends Agent {
        @Action(listenEvents = InputEvent.class)
        public static void row(Event event, RunnerContext context) throws Exception {
            TriggerEvent row = Work.JSON.readValue((String) ((InputEvent) event).getInput(), TriggerEvent.class);
            Remembered memory = Remembered.of(AGENT, row, context);
            long position = Long.parseLong(row.key);
            long last = last(position);
            List<String> known = memory.lines(row.key);
            List<String> expected = last < 0 ? List.of() : List.of("id " + last + ", note: " + text(last));
            memory.add(row.key, Map.of("note", text(position)));
            (known.equals(expected) ? right : wrong).incrementAndGet();
        }

        /** The position of the customer's row before, negative for none. */
        private static long last(long position) {
            long last = position - 1;
            while (last >= 0 && customerAt(last) != customerAt(position)) {
                last--;
            }
            return last;
        }
    }
}
