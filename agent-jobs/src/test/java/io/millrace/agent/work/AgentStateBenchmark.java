package io.millrace.agent.work;

import io.millrace.agent.runtime.RestorableAgents;
import io.millrace.agent.trigger.Buckets;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.app.agent.Output;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
 * RocksDB: every customer is remembered, a checkpoint taken, a tenth of them changed, another taken; then the job is
 * cancelled and restored at parallelism 2, and again at 4, and each time every customer's memory is read, held against
 * what it must be and written anew.
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
        System.out.printf(Locale.ROOT, "%d customers, %.0f MiB remembered%n%n", customers, customers * bytes / MEBI);
        System.out.println("| backend | local | new files, full | new files, 10 % changed |"
                + " open at 2 | open at 4 | right | wrong |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        System.out.println(row("forst", "forst", "0 b"));
        System.out.println(row("forst, cache of 16 MiB", "forst", "16 mb"));
        System.out.println(row("rocksdb", "rocksdb", "0 b"));
        System.exit(0);
    }

    private static String row(String name, String backend, String cache) throws Exception {
        right.set(0);
        wrong.set(0);
        changes = new CompletableFuture<>();
        int tenth = customers / 10;
        Path folder = Files.createTempDirectory("agent-state");
        Path local = folder.resolve("tmp");
        Path remote = folder.resolve("checkpoints");
        try (MiniCluster cluster = cluster(local, remote)) {
            Set<Path> programs = files(local).keySet();
            JobID first = submit(cluster, graph(backend, cache, 2, 0));
            awaitSeen(customers);
            cluster.triggerCheckpoint(first).get();
            Map<Path, Long> full = files(remote);
            Map<Path, Long> working = files(local);
            working.keySet().removeAll(programs);
            working.keySet().removeIf(path -> path.toString().endsWith(".so"));
            changes.complete(null);
            awaitSeen(customers + tenth);
            String checkpoint = cluster.triggerCheckpoint(first).get();
            Map<Path, Long> changed = files(remote);
            changed.keySet().removeAll(full.keySet());
            cancel(cluster, first);

            JobID second = submit(cluster, restored(graph(backend, cache, 2, customers + tenth), checkpoint));
            awaitSeen(2L * customers + tenth);
            long openAtTwo = openMillis(cluster, second);
            checkpoint = cluster.triggerCheckpoint(second).get();
            cancel(cluster, second);

            JobID third = submit(cluster, restored(graph(backend, cache, 4, 2 * customers + tenth), checkpoint));
            awaitSeen(3L * customers + tenth);
            long openAtFour = openMillis(cluster, third);
            cancel(cluster, third);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.1f MiB | %.1f MiB | %.1f MiB | %d ms | %d ms | %d | %d |",
                    name,
                    sum(working) / MEBI,
                    sum(full) / MEBI,
                    sum(changed) / MEBI,
                    openAtTwo,
                    openAtFour,
                    right.get(),
                    wrong.get());
        }
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

    private static void cancel(MiniCluster cluster, JobID job) throws Exception {
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
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

    private static long sum(Map<Path, Long> files) {
        return files.values().stream().mapToLong(Long::longValue).sum();
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
