package io.millrace.ingestion.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ingestion.media.Inbox.Letter;
import io.millrace.ingestion.media.Inbox.StoredContent;
import io.millrace.ingestion.media.Inbox.StoredFile;
import io.millrace.ingestion.media.content.Mail;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.paimon.data.BlobDescriptor;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a cluster in this process, over a folder and a lake on disk. */
class IngestJobTest {
    private static final int LARGE = 3 << 20;

    @TempDir
    Path root;

    private static MiniCluster cluster;

    private Inbox inbox;
    private final List<JobID> jobs = new ArrayList<>();

    /** Two TaskManagers, so that one can die. */
    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(1)
                .withRandomPorts()
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void makeTables() throws Exception {
        inbox = new Inbox(root).withTables();
    }

    @AfterEach
    void cancel() throws Exception {
        for (JobID job : jobs) {
            end(job);
        }
    }

    @Test
    void filesOfAllSizesAndNamesAreStoredAsTheyAre() throws Exception {
        Map<String, byte[]> given = new HashMap<>();
        given.put("empty.txt", new byte[0]);
        given.put("small.png", bytes(1, 700));
        given.put("deep/er/megabyte.bin", bytes(2, 1 << 20));
        given.put("large.wav", bytes(3, LARGE));
        given.put("two\nlines 🧾 a:b .png", bytes(4, 10));
        for (Map.Entry<String, byte[]> file : given.entrySet()) {
            inbox.write(file.getKey(), file.getValue());
        }
        inbox.write("copy/of large.wav", given.get("large.wav"));
        inbox.write(".hidden", bytes(5, 10));
        inbox.write(".git/config", bytes(6, 10));
        inbox.write("upload.part", bytes(7, 10));
        inbox.write("upload.tmp", bytes(8, 10));
        start();
        eventually(() -> assertThat(inbox.files()).hasSize(given.size() + 1));
        assertThat(inbox.files().keySet()).contains("copy/of large.wav").containsAll(given.keySet());
        for (Map.Entry<String, byte[]> file : given.entrySet()) {
            assertThat(inbox.files().get(file.getKey()))
                    .isEqualTo(new StoredFile(
                            Inbox.sha256(file.getValue()),
                            file.getKey().substring(file.getKey().lastIndexOf('/') + 1),
                            file.getValue().length));
        }
        assertThat(inbox.files().get("copy/of large.wav").mediaId()).isEqualTo(Inbox.sha256(given.get("large.wav")));
        eventually(() -> assertThat(inbox.contents()).hasSize(given.size()));
        assertThat(inbox.contents())
                .allSatisfy(content -> assertThat(content.hash()).isEqualTo(content.mediaId()))
                .allSatisfy(content -> assertThat(content.uri()).endsWith(".blob"))
                .extracting(StoredContent::mediaId)
                .doesNotHaveDuplicates();
        assertThat(inbox.deadLetters()).isEmpty();
        eventually(() -> assertThat(stagedFiles()).as("what the lake has").isEmpty());
    }

    @Test
    void aFileThatGrowsIsStoredWhenItIsWhole() throws Exception {
        inbox.listedEvery(1_000).write("first.bin", bytes(2, 1));
        start();
        eventually(() -> assertThat(inbox.files()).as("the job is at work").containsKey("first.bin"));
        byte[] whole = bytes(1, 64 << 10);
        long longestPause = 0;
        try (OutputStream out = Files.newOutputStream(inbox.folder().resolve("growing.bin"))) {
            for (int written = 0; written < whole.length; written += 1 << 10) {
                long begin = System.nanoTime();
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
                out.write(whole, written, 1 << 10);
                longestPause = Math.max(longestPause, System.nanoTime() - begin);
            }
        }
        assumeThat(Duration.ofNanos(longestPause)).as("pause of this machine").isLessThan(Duration.ofMillis(900));
        String stored = Inbox.sha256(whole);
        eventually(() -> assertThat(inbox.files().get("growing.bin").mediaId()).isEqualTo(stored));
        assertThat(inbox.contents())
                .extracting(StoredContent::hash)
                .containsExactlyInAnyOrder(Inbox.sha256(bytes(2, 1)), stored);
    }

    @Test
    void aChangedFileIsReadAgain() throws Exception {
        inbox.write("a.txt", bytes(1, 100));
        inbox.write("b.txt", bytes(2, 100));
        start();
        eventually(() -> assertThat(inbox.files()).hasSize(2));
        inbox.write("a.txt", bytes(3, LARGE));
        Files.delete(inbox.folder().resolve("b.txt"));
        String changed = Inbox.sha256(bytes(3, LARGE));
        eventually(() -> assertThat(inbox.files().get("a.txt").mediaId()).isEqualTo(changed));
        eventually(() -> assertThat(inbox.contents()).hasSize(3));
        assertThat(inbox.files()).containsKey("b.txt");
        assertThat(inbox.deadLetters()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsADeadLetterWithItsReason() throws Exception {
        Path outside = Files.write(root.resolve("secret.txt"), bytes(1, 10));
        Files.createSymbolicLink(inbox.folder().resolve("leaving.txt"), outside);
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(inbox.folder().resolve("folder"), root.resolve("elsewhere"));
        inbox.write("large.bin", new byte[(int) Inbox.MAX_BYTES + 1]);
        inbox.write("good.txt", bytes(2, 10));
        Files.createSymbolicLink(
                inbox.folder().resolve("inside.txt"), inbox.folder().resolve("good.txt"));
        Files.createSymbolicLink(inbox.folder().resolve("loop"), inbox.folder());
        start();
        eventually(() -> assertThat(inbox.deadLetters())
                .containsExactlyInAnyOrder(
                        letter("leaving.txt", "it is a link that leaves the folder"),
                        letter("folder", "it is a link that leaves the folder"),
                        letter(
                                "large.bin",
                                "it has " + (Inbox.MAX_BYTES + 1) + " bytes, more than the limit of "
                                        + Inbox.MAX_BYTES)));
        eventually(() -> assertThat(inbox.files()).containsOnlyKeys("good.txt", "inside.txt"));
        assertThat(inbox.contents()).hasSize(1);
    }

    @Test
    void bytesThatLookLikePaimonsReferenceAreNotFollowed() throws Exception {
        Path secret = Files.write(root.resolve("secret.txt"), bytes(1, 100));
        byte[] reference = new BlobDescriptor(secret.toUri().toString(), 0, 100).serialize();
        inbox.write("innocent.png", reference);
        start();
        eventually(() ->
                assertThat(inbox.contents()).extracting(StoredContent::hash).containsExactly(Inbox.sha256(reference)));
    }

    @Test
    void attachmentsOfAMailAreFilesOfTheirOwn() throws Exception {
        byte[] receipt = bytes(1, 2_000);
        byte[] recording = bytes(2, LARGE);
        byte[] inner = new Mail("inner")
                .attach("application/pdf", "invoice.pdf", bytes(3, 50))
                .build();
        byte[] mail = new Mail("outer")
                .attach("image/png", "../receipt.png", receipt)
                .attach("audio/wav", "memo.wav", recording)
                .attach("message/rfc822", "inner.eml", inner)
                .build();
        inbox.write("mails/a.eml", mail);
        inbox.write("no ending", mail);
        inbox.write("receipt.png", receipt);
        start();
        eventually(() -> assertThat(inbox.files())
                .containsOnlyKeys(
                        "mails/a.eml",
                        "mails/a.eml!/receipt.png",
                        "mails/a.eml!/memo.wav",
                        "mails/a.eml!/inner.eml",
                        "mails/a.eml!/inner.eml!/invoice.pdf",
                        "no ending",
                        "no ending!/receipt.png",
                        "no ending!/memo.wav",
                        "no ending!/inner.eml",
                        "no ending!/inner.eml!/invoice.pdf",
                        "receipt.png"));
        assertThat(inbox.files().get("mails/a.eml!/receipt.png"))
                .isEqualTo(new StoredFile(Inbox.sha256(receipt), "receipt.png", receipt.length));
        eventually(() -> assertThat(inbox.contents())
                .extracting(StoredContent::hash)
                .containsExactlyInAnyOrder(
                        Inbox.sha256(mail),
                        Inbox.sha256(receipt),
                        Inbox.sha256(recording),
                        Inbox.sha256(inner),
                        Inbox.sha256(bytes(3, 50))));
    }

    @Test
    void failuresOnTheWayLoseAndDoubleNothing() throws Exception {
        Map<String, String> given = new HashMap<>();
        Random random = new Random(7);
        for (int i = 0; i < 160; i++) {
            byte[] content = bytes(i % 140, i % 10 == 0 ? LARGE / 2 : 1 + random.nextInt(100_000));
            content = i >= 140 ? Files.readAllBytes(inbox.folder().resolve("f" + (i - 140))) : content;
            inbox.write("f" + i, content);
            given.put("f" + i, Inbox.sha256(content));
        }
        inbox.write("gone.bin", new byte[(int) Inbox.MAX_BYTES + 1]);
        inbox.through(SlowFiles.SCHEME);
        JobID first = start();
        eventually(() -> assertThat(inbox.files()).isNotEmpty());
        cluster.terminateTaskManager(0).get();
        assertThat(inbox.files().size()).as("files at the death").isLessThan(given.size() / 2);
        cluster.startTaskManager();
        eventually(() -> assertThat(inbox.files()).hasSizeGreaterThan(given.size() / 2));
        end(first);
        assertThat(inbox.files().size()).as("files at the stop").isLessThan(given.size());
        start(Map.of("execution.state-recovery.path", inbox.checkpoint().orElseThrow()));
        eventually(() -> assertThat(inbox.files()).hasSize(given.size()));
        eventually(() -> assertThat(inbox.contents()).hasSize(140));
        given.forEach((path, hash) -> assertThat(filesNow().get(path).mediaId()).isEqualTo(hash));
        assertThat(inbox.contents())
                .allSatisfy(content -> assertThat(content.hash()).isEqualTo(content.mediaId()))
                .extracting(StoredContent::mediaId)
                .doesNotHaveDuplicates()
                .containsAll(given.values());
        assertThat(inbox.deadLetters()).hasSize(1);
        eventually(() -> assertThat(stagedFiles()).as("what a crash left").isEmpty());
    }

    private Map<String, StoredFile> filesNow() {
        try {
            return inbox.files();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> stagedFiles() throws Exception {
        if (!Files.isDirectory(inbox.staging())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(inbox.staging())) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private JobID start() throws Exception {
        return start(Map.of());
    }

    private JobID start(Map<String, String> settings) throws Exception {
        JobID job = cluster.submitJob(inbox.job(settings)).get().getJobID();
        jobs.add(job);
        return job;
    }

    private static void end(JobID job) throws Exception {
        if (!cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.cancelJob(job).get();
            await().until(() -> cluster.getJobStatus(job).get().isGloballyTerminalState());
        }
    }

    private static Letter letter(String path, String reason) {
        return new Letter("media.inbox", path, reason);
    }

    static byte[] bytes(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
