package io.millrace.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.hot.HotStoreException;
import io.millrace.hot.Tiering.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TieringWatchTest {
    private final Map<String, Progress> tables = new HashMap<>();
    private boolean away;
    private long now;
    private final TieringWatch watch = new TieringWatch(this::progress, () -> now, () -> {});

    @Test
    void tablesThatAreBehindAndComeNoFurtherAreStalledOnceForAWhile() {
        tables.put("shop.views", new Progress(7, 100));
        tables.put("shop.carts", new Progress(3, 0));
        assertThat(stalledAfter(Duration.ZERO)).isFalse();
        assertThat(stalledAfter(TieringWatch.PATIENCE.minusSeconds(1))).isFalse();
        assertThat(stalledAfter(Duration.ofSeconds(11))).isTrue();
        assertThat(stalledAfter(TieringWatch.PATIENCE.plusSeconds(1))).isFalse();
        assertThat(stalledAfter(TieringWatch.PATIENCE_AFTERWARDS)).isTrue();
    }

    @Test
    void oneTableThatGoesOnIsEnough() {
        tables.put("shop.blocked", new Progress(7, 100));
        for (int snapshot = 1; snapshot < 10; snapshot++) {
            tables.put("shop.carts", new Progress(snapshot, 5));
            assertThat(stalledAfter(Duration.ofSeconds(50))).isFalse();
        }
    }

    @Test
    void tablesThatHaveAllMayStand() {
        tables.put("shop.views", new Progress(7, 0));
        assertThat(stalledAfter(Duration.ZERO)).isFalse();
        assertThat(stalledAfter(Duration.ofHours(1))).isFalse();
        tables.put("shop.views", new Progress(7, 1));
        assertThat(stalledAfter(Duration.ofSeconds(30))).isFalse();
        assertThat(stalledAfter(Duration.ofSeconds(61))).isTrue();
    }

    @Test
    void hotStoreThatIsAwayIsNoStall() {
        tables.put("shop.views", new Progress(7, 100));
        assertThat(stalledAfter(Duration.ZERO)).isFalse();
        away = true;
        assertThat(stalledAfter(Duration.ofHours(1))).isFalse();
        away = false;
        assertThat(stalledAfter(Duration.ofSeconds(50))).isFalse();
        assertThat(stalledAfter(Duration.ofSeconds(11))).isTrue();
    }

    private boolean stalledAfter(Duration time) {
        now += time.toNanos();
        return watch.isStalled();
    }

    private Map<String, Progress> progress() {
        if (away) {
            throw new HotStoreException("it does not answer");
        }
        return Map.copyOf(tables);
    }
}
