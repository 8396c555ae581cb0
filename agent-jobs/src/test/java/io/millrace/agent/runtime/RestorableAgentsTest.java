package io.millrace.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.flink.agents.api.Event;
import org.apache.flink.agents.api.InputEvent;
import org.apache.flink.agents.api.OutputEvent;
import org.apache.flink.agents.api.agents.Agent;
import org.apache.flink.agents.api.annotation.Action;
import org.apache.flink.agents.api.context.MemoryObject;
import org.apache.flink.agents.api.context.RunnerContext;
import org.apache.flink.agents.plan.AgentConfiguration;
import org.apache.flink.agents.plan.AgentPlan;
import org.apache.flink.agents.runtime.operator.ActionExecutionOperatorFactory;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores an agent from a checkpoint that was taken while every one of its keys was between two steps. */
class RestorableAgentsTest {
    private static final int KEYS = 40;
    /** Three of a key before the checkpoint, two after it. */
    private static final int BEFORE = 3 * KEYS;

    private static final int INPUTS = 5 * KEYS;

    private static final Set<Integer> begun = ConcurrentHashMap.newKeySet();
    private static final Queue<String> results = new ConcurrentLinkedQueue<>();
    private static volatile CountDownLatch gate = new CountDownLatch(1);

    @TempDir
    static Path folder;

    private static MiniCluster cluster;

    @BeforeAll
    static void startFlink() throws Exception {
        Configuration configuration = Configuration.fromMap(Map.of(
                "taskmanager.memory.managed.size", "64 mb",
                "taskmanager.memory.network.min", "16 mb",
                "taskmanager.memory.network.max", "16 mb",
                "rest.bind-port", "0",
                "io.tmp.dirs", folder.resolve("tmp").toString(),
                "execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString()));
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(4)
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopFlink() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void holdAllKeys() {
        begun.clear();
        results.clear();
        gate = new CountDownLatch(1);
    }

    @Test
    void thePublishedOperatorFailsOnARestoreWithKeysInFlight() throws Exception {
        String checkpoint = checkpointWithKeysInFlight(RestorableAgentsTest::published);

        JobResult restored = restore(checkpoint, RestorableAgentsTest::published, 2);

        assertThat(restored.getSerializedThrowable()).get().satisfies(failure -> assertThat(
                        failure.getFullStringifiedStackTrace())
                .contains("is not in KeyGroupRange"));
    }

    @Test
    void everyKeyInFlightFinishesOnceAfterARestore() throws Exception {
        String checkpoint = checkpointWithKeysInFlight(RestorableAgents::run);

        JobResult restored = restore(checkpoint, RestorableAgents::run, 2);

        assertThat(restored.isSuccess()).isTrue();
        assertThat(results).containsExactlyInAnyOrderElementsOf(eachInputOnce());
    }

    @Test
    void everyKeyInFlightFinishesOnceAtTwiceTheParallelism() throws Exception {
        String checkpoint = checkpointWithKeysInFlight(RestorableAgents::run);

        JobResult restored = restore(checkpoint, RestorableAgents::run, 4);

        assertThat(restored.isSuccess()).isTrue();
        assertThat(results).containsExactlyInAnyOrderElementsOf(eachInputOnce());
    }

    /** The key, which of its inputs, and how many the key's memory then holds. */
    private static List<String> eachInputOnce() {
        return IntStream.range(0, INPUTS)
                .mapToObj(input -> input % KEYS + ": " + input + ", remembers " + (input / KEYS + 1))
                .toList();
    }

    private static SingleOutputStreamOperator<Object> published(KeyedStream<Integer, Integer> input, AgentPlan plan) {
        return input.transform(
                "agent", TypeInformation.of(Object.class), new ActionExecutionOperatorFactory<>(plan, true));
    }

    private static String checkpointWithKeysInFlight(
            BiFunction<KeyedStream<Integer, Integer>, AgentPlan, SingleOutputStreamOperator<Object>> agent)
            throws Exception {
        JobID job = cluster.submitJob(graph(agent, 2, RateLimiterStrategy.perCheckpoint(BEFORE)))
                .get(60, TimeUnit.SECONDS)
                .getJobID();
        await().atMost(60, TimeUnit.SECONDS).until(() -> begun.size() == KEYS);
        String checkpoint = cluster.triggerCheckpoint(job).get(60, TimeUnit.SECONDS);
        cluster.cancelJob(job).get(60, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(60, TimeUnit.SECONDS);
        assertThat(results).isEmpty();
        return checkpoint;
    }

    private static JobResult restore(
            String checkpoint,
            BiFunction<KeyedStream<Integer, Integer>, AgentPlan, SingleOutputStreamOperator<Object>> agent,
            int parallelism)
            throws Exception {
        gate.countDown();
        StreamGraph graph = graph(agent, parallelism, RateLimiterStrategy.noOp());
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint));
        JobID job = cluster.submitJob(graph).get(60, TimeUnit.SECONDS).getJobID();
        return cluster.requestJobResult(job).get(60, TimeUnit.SECONDS);
    }

    /** With the settings agents have in an app. */
    private static StreamGraph graph(
            BiFunction<KeyedStream<Integer, Integer>, AgentPlan, SingleOutputStreamOperator<Object>> agent,
            int parallelism,
            RateLimiterStrategy<?> pace)
            throws Exception {
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(Map.of(
                        "parallelism.default", "1",
                        "pipeline.max-parallelism", "128",
                        "restart-strategy.type", "none",
                        "execution.checkpointing.interval", "1 h",
                        "execution.checkpointing.incremental", "true",
                        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION",
                        "state.backend.type", "forst",
                        "state.backend.forst.sync.enforce-local", "false")));
        streams.getCheckpointConfig().enableUnalignedCheckpoints();
        AgentPlan plan = new AgentPlan(new TwoSteps(), new AgentConfiguration());
        KeyedStream<Integer, Integer> inputs = streams.fromSource(
                        new DataGeneratorSource<>(Math::toIntExact, INPUTS, pace, Types.INT),
                        WatermarkStrategy.noWatermarks(),
                        "inputs")
                .uid("inputs")
                .keyBy(input -> input % KEYS);
        agent.apply(inputs, plan)
                .uid("agent")
                .setParallelism(parallelism)
                .map(result -> results.add((String) result))
                .sinkTo(new DiscardingSink<>());
        return streams.getStreamGraph();
    }

    /** The second step of an input is due. */
    public static final class SecondStep extends Event {}

    /** Does the second step again and again until the gate opens: between them its keys are in flight. */
    public static final class TwoSteps extends Agent {
        @Action(listenEvents = InputEvent.class)
        public static void first(Event event, RunnerContext context) throws Exception {
            Integer input = (Integer) ((InputEvent) event).getInput();
            context.getSensoryMemory().set("input", input);
            begun.add(input % KEYS);
            context.sendEvent(new SecondStep());
        }

        @Action(listenEvents = SecondStep.class)
        public static void second(Event event, RunnerContext context) throws Exception {
            if (!gate.await(1, TimeUnit.MILLISECONDS)) {
                context.sendEvent(new SecondStep());
                return;
            }
            Integer input = (Integer) context.getSensoryMemory().get("input").getValue();
            MemoryObject memory = context.getShortTermMemory();
            int known = memory.isExist("count") ? (Integer) memory.get("count").getValue() : 0;
            memory.set("count", known + 1);
            context.sendEvent(new OutputEvent(input % KEYS + ": " + input + ", remembers " + (known + 1)));
        }
    }
}
