package io.millrace.hotstore;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, in a process of its own, killed while rows are written. */
class HotStoreTest {
    /** What was under way when it was killed is not acknowledged later. */
    private static final Map<String, String> NO_RETRIES =
            Map.of("client.writer.retries", "0", "client.writer.enable-idempotence", "false");

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
}
