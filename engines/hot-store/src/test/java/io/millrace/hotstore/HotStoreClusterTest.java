package io.millrace.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three tablet servers with a replica each: what is killed while rows are written, and what is deleted. Some minutes. */
@Tag("long")
class HotStoreClusterTest {
    private static final int ROWS = 5_000;

    @TempDir
    Path folder;

    private HotStoreCluster cluster;
    private AcknowledgedRows rows;

    @BeforeEach
    void start() throws Exception {
        cluster = HotStoreCluster.start(folder);
        rows = new AcknowledgedRows(cluster.bootstrap(), Map.of());
        rows.createTables();
        cluster.awaitInSync(1, 2, 3);
    }

    @AfterEach
    void end() throws Exception {
        cluster.close();
    }

    @Test
    void everyAcknowledgedRowIsThereWhicheverServerIsKilled() throws Exception {
        try (AcknowledgedRows.Writing writing = rows.write()) {
            for (int id = 1; id <= 3; id++) {
                writing.awaitAcknowledged(ROWS);
                cluster.tabletServer(id).kill();
                cluster.tabletServer(id).start();
                writing.awaitAcknowledged(ROWS);
                cluster.awaitInSync(1, 2, 3);
            }
            cluster.coordinator().kill();
            writing.awaitAcknowledged(ROWS);
            cluster.coordinator().start();
            cluster.awaitCoordinator();
            writing.awaitAcknowledged(ROWS);
        }
        rows.assertAllThere("a kill of each");
    }

    @Test
    void writesGoOnWhileAServerStaysAwayAndItsEmptyDiskIsFilledFromTheOthers() throws Exception {
        try (AcknowledgedRows.Writing writing = rows.write()) {
            writing.awaitAcknowledged(ROWS);
            cluster.tabletServer(2).kill();
            delete(cluster.tablets(2));
            cluster.awaitInSync(1, 3);
            writing.awaitAcknowledged(ROWS);
            cluster.tabletServer(2).start();
            cluster.awaitInSync(1, 2, 3);
            writing.awaitAcknowledged(ROWS);
        }
        rows.assertAllThere("the loss of a disk");
        cluster.tabletServer(1).kill();
        cluster.tabletServer(3).kill();
        cluster.awaitInSync(2);
        rows.assertAllThere("the kill of both that had kept theirs");
        try (AcknowledgedRows.Writing writing = rows.write()) {
            // It is whole alone, and two have to have what is new.
            rows.assertNoneAcknowledgedFor(Duration.ofSeconds(5));
            cluster.tabletServer(1).start();
            writing.awaitAcknowledged(ROWS);
        }
        rows.assertAllThere("the return of one of both");
    }

    @Test
    void aLeaderThatComesBackWithAnEmptyDiskWhileNoCoordinatorRunsLeadsNoMore() throws Exception {
        try (AcknowledgedRows.Writing writing = rows.write()) {
            writing.awaitAcknowledged(ROWS);
            int leader = cluster.leader();
            cluster.coordinator().kill();
            cluster.tabletServer(leader).kill();
            delete(cluster.tablets(leader));
            cluster.tabletServer(leader).start();
            cluster.coordinator().start();
            cluster.awaitCoordinator();
            writing.awaitAcknowledged(ROWS);
        }
        rows.assertAllThere("the loss of a leader's disk");
    }

    @Test
    void everyAcknowledgedRowIsThereWhenAllAreKilledAndTheCoordinatorComesFirst() throws Exception {
        try (AcknowledgedRows.Writing writing = rows.write()) {
            writing.awaitAcknowledged(ROWS);
            killAll(cluster.servers());
            cluster.coordinator().start();
            await("the coordinator's word that it waits")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.coordinator().log().contains("waiting for 3 tablet servers"));
            for (int id = 3; id >= 1; id--) {
                cluster.tabletServer(id).start();
            }
            cluster.awaitCoordinator();
            writing.awaitAcknowledged(ROWS);
        }
        rows.assertAllThere("a kill of all");
    }

    @Test
    void everyAcknowledgedRowIsThereWhenAllTabletServersAreKilledUnderALivingCoordinator() throws Exception {
        List<HotStoreProgram> tabletServers =
                List.of(cluster.tabletServer(1), cluster.tabletServer(2), cluster.tabletServer(3));
        try (AcknowledgedRows.Writing writing = rows.write()) {
            writing.awaitAcknowledged(ROWS);
            killAll(tabletServers);
            for (HotStoreProgram server : tabletServers) {
                server.start();
            }
            // As Docker does.
            await("the coordinator's end").atMost(Duration.ofMinutes(2)).until(() -> !cluster.coordinator()
                    .isAlive());
            cluster.coordinator().start();
            cluster.awaitCoordinator();
            writing.awaitAcknowledged(ROWS);
        }
        assertThat(cluster.coordinator().log()).contains("have lost their last in-sync replica");
        rows.assertAllThere("a kill of all tablet servers");
    }

    private static void killAll(List<HotStoreProgram> programs) throws InterruptedException {
        for (HotStoreProgram program : programs) {
            program.kill();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
