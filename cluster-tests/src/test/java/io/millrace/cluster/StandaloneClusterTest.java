package io.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.app.App;
import io.millrace.app.JobCompiler;
import io.millrace.lake.Lake;
import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The job jar on a JobManager and two TaskManagers, with lake, checkpoints and savepoints in an object store. */
@Tag("long")
class StandaloneClusterTest {
    private static final int REMAINDERS = 100;
    private static final String TOPIC = "sums.numbers";
    private static final Path JAR = JavaProcess.HOME.resolve("ingestion-jobs/target/ingestion-jobs-0.1.0-SNAPSHOT.jar");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static ObjectStore store;
    private static EventLog log;
    private static StandaloneFlink flink;
    private static String jar;
    private static App app;

    private String warehouse;
    private Lake lake;
    private String running = "";

    @BeforeAll
    static void startEverything() throws Exception {
        app = App.load(sums());
        store = ObjectStore.start(folder);
        log = EventLog.start(folder, app);
        Map<String, String> settings = new HashMap<>(store.settings());
        settings.put("execution.checkpointing.dir", "s3://millrace/flink/checkpoints");
        settings.put("execution.checkpointing.savepoint-dir", "s3://millrace/flink/savepoints");
        flink = StandaloneFlink.start(folder.resolve("flink"), 2, settings, JavaProcess.jars("iceberg-flink-runtime"));
        jar = flink.rest().upload(JAR, "ingestion-jobs.jar");
    }

    private static Path sums() throws URISyntaxException {
        return Path.of(StandaloneClusterTest.class.getResource("/apps/sums").toURI());
    }

    @AfterAll
    static void endEverything() throws InterruptedException {
        flink.close();
        log.close();
        store.close();
    }

    @BeforeEach
    void makeTables(TestInfo test) {
        warehouse =
                ObjectStore.WAREHOUSE + "/" + test.getTestMethod().orElseThrow().getName();
        lake = Lake.open(new Warehouse(warehouse, store.settings()));
        lake.ensure(app.tables());
    }

    @AfterEach
    void endJob() throws Exception {
        lake.close();
        if (!running.isEmpty()) {
            flink.rest().cancel(running);
        }
    }

    @Test
    void aKilledTaskManagerCostsNoRowAndDoublesNone() throws Exception {
        log.add(TOPIC, 3_000);
        running = start(2, Optional.empty());
        awaitEveryNumber();
        awaitCheckpoint();
        assertThat(flink.taskManagersOf(running)).containsExactly("taskmanager-1", "taskmanager-2");
        log.add(TOPIC, 2_000);
        flink.kill("taskmanager-2");
        log.add(TOPIC, 1_000);
        patiently().until(() -> flink.rest().checkpoints(running).restoredId() > 0);
        log.add(TOPIC, 1_000);
        awaitEveryNumber();
        awaitCheckpoint();
        assertEveryNumberOnce();
        assertThat(flink.taskManagersOf(running)).containsExactly("taskmanager-1");
        flink.startTaskManager("taskmanager-3");
    }

    @Test
    void aSavepointIsRestoredAtAnotherParallelismAndAgainAtTheSame() throws Exception {
        log.add(TOPIC, 2_000);
        String first = start(1, Optional.empty());
        awaitEveryNumber();
        String savepoint = flink.rest().stopWithSavepoint(first);
        assertThat(savepoint).startsWith("s3://millrace/flink/savepoints/");

        log.add(TOPIC, 2_000);
        running = start(2, Optional.of(savepoint));
        awaitEveryNumber();
        awaitCheckpoint();
        String second = flink.rest().stopWithSavepoint(running);

        log.add(TOPIC, 2_000);
        running = start(2, Optional.of(second));
        awaitEveryNumber();
        awaitCheckpoint();
        assertEveryNumberOnce();
        assertThat(IcebergRows.of(folder, store.settings(), warehouse + "/iceberg", "sums", "numbers"))
                .isEqualTo(everyNumber());
        assertThat(PaimonOfDoris.rows(folder, warehouse, store.settings(), List.of("sums.numbers", "sums.sums")))
                .isEqualTo(Map.of("sums.numbers", everyNumber(), "sums.sums", everySum()));
    }

    @Test
    void aPipelineWritesATableThatIsIcebergsOwn() throws Exception {
        String local = folder.resolve("lake").toUri().toString();
        String job = start("squares", local, 1, Optional.empty());
        patiently().until(() -> flink.rest().state(job).equals("FINISHED"));
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
        List<String> arguments = new JobCompiler(
                        app, new JobCompiler.Addresses(lakeUri, log.address(), "http://no-gateway/v1", "hot:9123"))
                .compile(app.pipeline(pipeline), job)
                .with(Map.of("parallelism.default", String.valueOf(parallelism)))
                .arguments();
        flink.rest().run(jar, "io.millrace.ingestion.PipelineJob", job, arguments, savepoint, false);
        return job;
    }

    private void awaitEveryNumber() {
        patiently().until(() -> lake.rows("sums", "numbers").orElse(0) >= log.last());
        patiently().until(() -> LakeRows.of(lake.table("sums", "sums")).equals(everySum()));
    }

    /** Another one than there is now. */
    private void awaitCheckpoint() throws IOException, InterruptedException {
        long now = flink.rest().checkpoints(running).completedId();
        patiently().until(() -> flink.rest().checkpoints(running).completedId() > now);
    }

    /** The stand-in for S3 lists files that are still being written, under a name with a UUID at its end. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(NumberFormatException.class);
    }

    private void assertEveryNumberOnce() throws IOException {
        assertThat(LakeRows.of(lake.table("sums", "numbers"))).isEqualTo(everyNumber());
        assertThat(LakeRows.of(lake.table("sums", "sums"))).isEqualTo(everySum());
    }

    private static List<String> everyNumber() {
        return IntStream.rangeClosed(1, log.last())
                .mapToObj(String::valueOf)
                .sorted()
                .toList();
    }

    /** Every test adds whole rounds of the remainders. */
    private static List<String> everySum() {
        long each = log.last() / REMAINDERS;
        return IntStream.range(0, REMAINDERS)
                .mapToLong(remainder -> remainder == 0 ? REMAINDERS : remainder)
                .mapToObj(first ->
                        first % REMAINDERS + "|" + each + "|" + (first * each + REMAINDERS * each * (each - 1) / 2))
                .sorted()
                .toList();
    }
}
