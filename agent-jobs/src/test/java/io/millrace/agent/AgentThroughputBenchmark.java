package io.millrace.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.millrace.agent.runtime.RestorableAgents;
import io.millrace.agent.trigger.Buckets;
import io.millrace.agent.trigger.TriggerEvent;
import io.millrace.agent.work.RowAgent;
import io.millrace.app.agent.Agent;
import io.millrace.app.agent.AgentJobSpec;
import io.millrace.app.agent.Fill;
import io.millrace.app.agent.Output;
import io.millrace.app.agent.OutputColumn;
import io.millrace.app.prompt.Prompt;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.agents.plan.AgentConfiguration;
import org.apache.flink.agents.plan.AgentPlan;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * Model calls a second of an agent with one asked column, over a stand-in gateway whose every answer takes 50 ms, from a
 * source that never runs out of rows, with the settings agents have in an app. A job is measured after its warm-up.
 *
 * <p>Arguments: rounds (2), seconds measured (10), then the parallelisms (4 16).
 */
public final class AgentThroughputBenchmark {
    private static final int WARM_UP_SECONDS = 5;
    private static final int LATENCY_MILLIS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private AgentThroughputBenchmark() {}

    /** @param cpuMillis of this JVM, the stand-in gateway included, for each call */
    private record Rate(double calls, double cpuMillis) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = argument(arguments, 0, 2);
        int seconds = argument(arguments, 1, 10);
        List<Integer> parallelisms = arguments.length > 2
                ? List.of(arguments).subList(2, arguments.length).stream()
                        .map(Integer::valueOf)
                        .toList()
                : List.of(4, 16);
        Path folder = Files.createTempDirectory("agents");
        try (MiniCluster cluster = cluster(folder);
                StandInGateway gateway = new StandInGateway(
                        0,
                        Duration.ofMillis(LATENCY_MILLIS),
                        request -> StandInGateway.Reply.content("All is well."))) {
            for (int round = 1; round <= rounds; round++) {
                for (int parallelism : parallelisms) {
                    Rate rate = rate(cluster, gateway, parallelism, seconds);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d, parallelism %2d: %6.1f calls/s, %.2f CPU ms a call, %.2f of parallelism / latency%n",
                            round,
                            parallelism,
                            rate.calls,
                            rate.cpuMillis,
                            rate.calls * LATENCY_MILLIS / 1000 / parallelism);
                }
            }
        }
        System.exit(0);
    }

    private static int argument(String[] arguments, int position, int otherwise) {
        return arguments.length > position ? Integer.parseInt(arguments[position]) : otherwise;
    }

    private static Rate rate(MiniCluster cluster, StandInGateway gateway, int parallelism, int seconds)
            throws Exception {
        int asked = gateway.calls.get();
        JobID job = cluster.submitJob(graph(gateway.url(), parallelism)).get().getJobID();
        while (gateway.calls.get() == asked) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        int before = gateway.calls.get();
        long start = System.nanoTime();
        long cpu = cpuNanos();
        TimeUnit.SECONDS.sleep(seconds);
        double rate = (gateway.calls.get() - before) * 1e9 / (System.nanoTime() - start);
        double cpuMillis = (cpuNanos() - cpu) / 1e6 / (gateway.calls.get() - before);
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
        return new Rate(rate, cpuMillis);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static MiniCluster cluster(Path folder) throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(Map.of(
                        "taskmanager.memory.managed.size", "256 mb",
                        "taskmanager.memory.network.min", "64 mb",
                        "taskmanager.memory.network.max", "64 mb",
                        "rest.bind-port", "0",
                        "io.tmp.dirs", folder.resolve("tmp").toString(),
                        "execution.checkpointing.dir",
                                folder.resolve("checkpoints").toUri().toString())))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(16)
                .build());
        cluster.start();
        return cluster;
    }

    private static StreamGraph graph(String gateway, int parallelism) throws Exception {
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(Map.of(
                        "parallelism.default", "1",
                        "pipeline.max-parallelism", "128",
                        "restart-strategy.type", "none",
                        "execution.checkpointing.interval", "3 s",
                        "execution.checkpointing.incremental", "true",
                        "state.backend.type", "forst",
                        "state.backend.forst.sync.enforce-local", "false")));
        streams.getCheckpointConfig().enableUnalignedCheckpoints();
        Buckets buckets = new Buckets(streams.getMaxParallelism());
        AgentPlan plan = new AgentPlan(new RowAgent(spec(gateway, parallelism)), new AgentConfiguration());
        RestorableAgents.run(
                        streams.fromSource(
                                        new DataGeneratorSource<>(
                                                AgentThroughputBenchmark::event, Long.MAX_VALUE, Types.STRING),
                                        WatermarkStrategy.noWatermarks(),
                                        "rows")
                                .keyBy(event -> buckets.of(key(event))),
                        plan)
                .uid("agent")
                .setParallelism(parallelism)
                .sinkTo(new DiscardingSink<>());
        return streams.getStreamGraph();
    }

    private static String event(long number) throws Exception {
        TriggerEvent event = new TriggerEvent();
        event.key = String.valueOf(number);
        event.version = number;
        event.row = Map.of("body", "Note " + number + ": all is well. ".repeat(8));
        return JSON.writeValueAsString(event);
    }

    private static String key(String event) throws Exception {
        return JSON.readValue(event, TriggerEvent.class).key;
    }

    private static String spec(String gateway, int parallelism) throws Exception {
        Prompt prompt = new Prompt("reply.v1.md", List.of(new Prompt.Message("user", "Answer in a sentence: {body}")));
        OutputColumn reply =
                new OutputColumn("reply", "STRING", false, List.of(), null, null, 60, new Fill.Asked(prompt));
        Agent agent = new Agent(
                "notes",
                new Agent.Trigger("shop.notes", List.of(), false, new Agent.Backlog(0, 0)),
                "id",
                List.of("body"),
                "chat",
                "embed",
                List.of(),
                List.of(),
                null,
                parallelism,
                null,
                new Output("ai.replies", List.of(reply)),
                null,
                new Agent.Limits(100, 60, 1_000_000, 3, 4000),
                "agents/notes/agent.yaml");
        return JSON.writeValueAsString(new AgentJobSpec(
                agent,
                Map.of(),
                Map.of(),
                "file:///nowhere",
                "jdbc:mysql://127.0.0.1:1/lake",
                "nobody",
                "NO_SUCH_VARIABLE",
                gateway,
                "NO_SUCH_VARIABLE",
                null,
                Map.of()));
    }
}
