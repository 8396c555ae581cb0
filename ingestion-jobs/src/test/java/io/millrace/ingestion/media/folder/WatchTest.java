package io.millrace.ingestion.media.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Found FILE = new Found("a", new Version(1, 10));
    private static final Found GROWN = new Found("a", new Version(2, 20));

    private final Watch watch = new Watch(Map.of());

    @Test
    void aVersionCountsOnceWhenTwoListingsInARowFoundIt() {
        assertThat(watch.settled(List.of(FILE))).isEmpty();
        assertThat(watch.settled(List.of(GROWN))).isEmpty();
        assertThat(watch.settled(List.of(GROWN))).containsExactly(GROWN);
        assertThat(watch.settled(List.of(GROWN))).isEmpty();
        assertThat(watch.seen()).containsEntry("a", GROWN.version());
    }

    @Test
    void aVersionThatWasAwayForAListingBeginsAnew() {
        watch.settled(List.of(FILE));
        watch.settled(List.of());
        assertThat(watch.settled(List.of(FILE))).isEmpty();
        assertThat(watch.settled(List.of(FILE))).containsExactly(FILE);
    }

    @Test
    void whatWasSeenBeforeARestartIsNotGivenAgain() {
        Watch restored = new Watch(Map.of("a", FILE.version()));
        restored.settled(List.of(FILE));
        assertThat(restored.settled(List.of(FILE))).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsForgottenUnlessItsFolderCannotBeListed() {
        Watch restored = new Watch(Map.of("a", FILE.version(), "closed/b", FILE.version()));
        restored.settled(List.of(new Found("closed/", new Version(0, 0), "it cannot be listed")));
        assertThat(restored.seen()).containsOnlyKeys("closed/b");
        restored.settled(List.of());
        assertThat(restored.seen()).isEmpty();
    }
}
