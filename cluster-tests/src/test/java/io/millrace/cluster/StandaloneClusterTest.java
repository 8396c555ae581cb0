package io.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.app.App;
import io.millrace.app.JobCompiler;
import io.millrace.lake.Lake;
import io.millrace.launcher.deploy.FlinkRest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a JobManager and two TaskManagers, with lake, checkpoints and savepoints in an object store. */
class StandaloneClusterTest {
    private static final long NUMBERS = 40_000;
    private static final long REMAINDERS = 1_000;
    private static final Path JAR =
            JavaProcess.HOME.resolve("ingestion-jobs/target/ingestion-jobs-0.1.0-SNAPSHOT.jar");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static ObjectStore store;
    private static StandaloneFlink flink;
    private static String jar;
    private static App app;

    private String warehouse;
    private Lake lake;

    @BeforeAll
    static void startEverything() throws Exception {
        store = ObjectStore.start(folder);
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.put("execution.checkpointing.dir", "s3://millrace/flink/checkpoints");
        settings.put("execution.checkpointing.savepoint-dir", "s3://millrace/flink/savepoints");
        flink = StandaloneFlink.start(folder.resolve("flink"), 2, settings, JavaProcess.jars("iceberg-flink-runtime"));
        jar = flink.rest().upload(JAR, "ingestion-jobs.jar");
        app = App.load(sums());
    }

    private static Path sums() throws URISyntaxException {
        return Path.of(StandaloneClusterTest.class.getResource("/apps/sums").toURI());
    }

    @AfterAll
    static void endEverything() throws InterruptedException {
        flink.close();
        store.close();
    }

    @BeforeEach
    void makeTables(TestInfo test) {
        warehouse = ObjectStore.WAREHOUSE + "/" + test.getTestMethod().orElseThrow().getName();
        lake = Lake.open(warehouse, store.settings());
        lake.ensure(app.tables());
    }

    @AfterEach
    void closeLake() throws Exception {
        lake.close();
    }

    @Test
    void aKilledTaskManagerCostsNoRowAndDoublesNone() throws Exception {
        String job = start(2, Optional.empty());
        awaitHalfWay(job);
        assertThat(flink.taskManagersOf(job)).containsExactly("taskmanager-1", "taskmanager-2");
        flink.kill("taskmanager-2");
        patiently().until(() -> flink.rest().checkpoints(job).restoredId() > 0);
        awaitEnd(job);
        flink.startTaskManager("taskmanager-3");
        assertEveryNumberOnce();
        assertThat(flink.taskManagersOf(job)).containsExactly("taskmanager-1");
    }

    @Test
    void aSavepointIsRestoredAtAnotherParallelismAndAgainAtTheSame() throws Exception {
        String first = start(1, Optional.empty());
        awaitHalfWay(first);
        String savepoint = flink.rest().stopWithSavepoint(first);
        assertThat(savepoint).startsWith("s3://millrace/flink/savepoints/");
        int seen = LakeRows.of(lake.table("sums", "seen")).size();
        assertThat(seen).isLessThan((int) NUMBERS);

        String rescaled = start(2, Optional.of(savepoint));
        awaitCheckpoint(rescaled);
        String again = start(2, Optional.of(flink.rest().stopWithSavepoint(rescaled)));
        awaitEnd(again);
        assertEveryNumberOnce();
    }

    @Test
    void aPipelineWritesATableThatIsIcebergsOwn() throws Exception {
        String local = folder.resolve("lake").toUri().toString();
        awaitEnd(start("squares", local, 1, Optional.empty()));
        assertThat(IcebergRows.of(folder, Map.of(), local + "/iceberg", "sums", "squares"))
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 5_000)
                        .mapToObj(number -> number + "|" + number * number)
                        .toList());
    }

    private String start(int parallelism, Optional<String> savepoint) throws IOException, InterruptedException {
        return start("sums", warehouse, parallelism, savepoint);
    }

    private static String start(String pipeline, String lakeUri, int parallelism, Optional<String> savepoint)
            throws IOException, InterruptedException {
        String job = UUID.randomUUID().toString().replace("-", "");
        List<String> arguments = new JobCompiler(app, lakeUri, "no-kafka:9092", "http://no-gateway/v1")
                .compile(app.pipeline(pipeline), "sums")
                .with(Map.of("parallelism.default", String.valueOf(parallelism)))
                .arguments();
        flink.rest().run(jar, job, arguments, savepoint, false);
        return job;
    }

    /** Some of the numbers are in the lake, and in a checkpoint. */
    private void awaitHalfWay(String job) {
        awaitCheckpoint(job);
        patiently().until(() -> lake.rows("sums", "seen").orElse(0) > NUMBERS / 10);
    }

    private static void awaitCheckpoint(String job) {
        patiently().until(() -> {
            FlinkRest.JobCheckpoints checkpoints = flink.rest().checkpoints(job);
            return checkpoints.completedId() > Math.max(1, checkpoints.restoredId());
        });
    }

    private static void awaitEnd(String job) {
        patiently().until(() -> flink.rest().state(job).equals("FINISHED"));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }

    private void assertEveryNumberOnce() throws IOException, InterruptedException {
        List<String> seen = LongStream.rangeClosed(1, NUMBERS)
                .mapToObj(String::valueOf)
                .sorted()
                .toList();
        assertThat(LakeRows.of(lake.table("sums", "seen"))).isEqualTo(seen);
        assertThat(IcebergRows.of(folder, store.settings(), warehouse + "/iceberg", "sums", "seen"))
                .isEqualTo(seen);
        long each = NUMBERS / REMAINDERS;
        assertThat(LakeRows.of(lake.table("sums", "sums")))
                .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, REMAINDERS)
                        .mapToObj(first -> first % REMAINDERS + "|" + each + "|"
                                + (first * each + REMAINDERS * each * (each - 1) / 2))
                        .toList());
    }
}
