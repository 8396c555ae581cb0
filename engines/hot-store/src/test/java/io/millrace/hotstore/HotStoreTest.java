package io.millrace.hotstore;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process of its own, killed while rows are written. */
class HotStoreTest {
    /** What was under way when it was killed is not acknowledged later. */
    private static final Map<String, String> NO_RETRIES =
            Map.of("client.writer.retries", "0", "client.writer.enable-idempotence", "false");

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedRowIsThereAfterKills() throws Exception {
        try (HotStoreProcess store = HotStoreProcess.start(folder)) {
            AcknowledgedRows rows = new AcknowledgedRows(store.bootstrap(), NO_RETRIES);
            rows.createTables();
            for (int round = 1; round <= 2; round++) {
                try (AcknowledgedRows.Writing writing = rows.write()) {
                    writing.awaitAcknowledged(5_000);
                    store.kill();
                }
                store.restart();
                rows.assertAllThere("kill " + round);
            }
        }
    }

    /** On a file system of its own, which only root can make. */
    @Test
    @Tag("long")
    void fullDiskLosesNothingAcknowledged() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", data.toString()), "only root can mount");
        try (HotStoreProcess store = HotStoreProcess.start(folder)) {
            AcknowledgedRows rows = new AcknowledgedRows(store.bootstrap(), NO_RETRIES);
            rows.createTables();
            try (AcknowledgedRows.Writing writing = rows.write()) {
                writing.awaitAcknowledged(5_000);
                Path filler = fill(data);
                await().atMost(LIMIT).until(() -> !store.isAlive());
                Files.delete(filler);
            }
            store.restart();
            try (AcknowledgedRows.Writing writing = rows.write()) {
                writing.awaitAcknowledged(1_000);
            }
            rows.assertAllThere("a full disk");
        } finally {
            run("umount", "-l", data.toString());
        }
    }

    private static Path fill(Path folder) throws IOException {
        Path filler = folder.resolve("filler");
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return filler;
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
