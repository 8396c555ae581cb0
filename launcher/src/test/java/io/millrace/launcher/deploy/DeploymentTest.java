package io.millrace.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.launcher.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
    /** Python: uuid.uuid5(uuid.NAMESPACE_URL, "shop/cdc/1").hex */
    private static final String FIRST_ID = "4064c6e62edf5ef0b54b0330f50e52b8";

    private static final String SECOND_ID = "cbd5b34401ba5ddda3e070897c9b1371";

    @TempDir
    Path folder;

    private final Deployment first = Deployment.first("shop", "cdc", "hash 1");

    @Test
    void jobIdIsTheNameBasedUuidOfAppJobAndGeneration() {
        assertThat(Deployment.jobId("shop", "cdc", 1)).isEqualTo(FIRST_ID);
        assertThat(Deployment.jobId("shop", "cdc", 2)).isEqualTo(SECOND_ID);
    }

    @Test
    void nextGenerationMayRestoreWhatTheLastOneLeft() {
        Deployment next = first.next("shop", "hash 2", "file:///savepoint");
        assertThat(next)
                .isEqualTo(new Deployment(
                        "cdc", 2, 1, SECOND_ID, "hash 2", List.of(SECOND_ID, FIRST_ID), "file:///savepoint", ""));
    }

    @Test
    void lineageHoldsTheNewestNine() {
        Deployment last = Stream.iterate(first, one -> one.next("shop", "hash", ""))
                .limit(20)
                .reduce(first, (before, after) -> after);
        assertThat(last.generation()).isEqualTo(20);
        assertThat(last.lineage())
                .containsExactlyElementsOf(IntStream.rangeClosed(12, 20)
                        .mapToObj(generation -> Deployment.jobId("shop", "cdc", 32 - generation))
                        .toList());
    }

    @Test
    void withoutStateNothingIsRestoredAndOnlyARebuildBeginsANewEpoch() {
        Deployment second = first.next("shop", "hash 2", "file:///savepoint").refusedBecause("it does not fit");
        assertThat(second.withoutState("shop", "hash 3", false)).satisfies(deployment -> {
            assertThat(deployment.generation()).isEqualTo(3);
            assertThat(deployment.epoch()).isEqualTo(1);
            assertThat(deployment.lineage()).containsExactly(deployment.jobId());
            assertThat(deployment.savepoint()).isEmpty();
            assertThat(deployment.refused()).isEmpty();
        });
        assertThat(second.withoutState("shop", "hash 3", true).epoch()).isEqualTo(2);
        assertThat(Deployment.consumerGroup("shop", "cdc", 2)).isEqualTo("millrace.shop.cdc.2");
    }

    @Test
    void fileHoldsEverything() {
        Deployment deployment =
                first.next("shop", "hash 2", "file:///savepoint").refusedBecause("it does not „fit“");
        assertThat(Deployment.read(folder, "cdc")).isEmpty();
        first.write(folder);
        deployment.write(folder);
        assertThat(Deployment.read(folder, "cdc")).contains(deployment);
        assertThat(folder.toFile().list()).containsExactly("cdc.json");
    }

    @Test
    void brokenFileSaysWhatItsRemovalCosts() throws Exception {
        Path file = Files.writeString(folder.resolve("cdc.json"), "{\"job\": ");
        assertThatThrownBy(() -> Deployment.read(folder, "cdc"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + " cannot be read: ")
                .hasMessageEndingWith("; remove it only if the job may start without its state");
    }
}
