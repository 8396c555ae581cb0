package io.millrace.launcher.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineComparisonTest {
    @Test
    void aNumberIsTheSameInWhateverTypeAndScale() {
        assertThat(EngineComparison.text(new BigDecimal("12.50"))).isEqualTo(EngineComparison.text(12.5));
        assertThat(EngineComparison.text(0.0)).isEqualTo(EngineComparison.text(0L));
        assertThat(EngineComparison.text(new BigDecimal("1E+3"))).isEqualTo(EngineComparison.text(1000));
    }

    @Test
    void aTimeIsTheSameInWhateverType() {
        LocalDateTime time = LocalDateTime.of(2026, 1, 31, 18, 30, 15);
        assertThat(EngineComparison.text(Timestamp.valueOf(time))).isEqualTo(EngineComparison.text(time));
    }

    @Test
    void aDifferenceShowsARowOfEachSide() {
        assertThat(EngineComparison.difference(List.of("a", "b"), List.of("a", "c")))
                .hasValueSatisfying(text -> assertThat(text).contains("first b").contains("second c"));
    }

    @Test
    void aRowThatComesTwiceOnOneSideIsADifference() {
        assertThat(EngineComparison.difference(List.of("a", "a"), List.of("a"))).isPresent();
    }

    @Test
    void equalRowsAreNoDifference() {
        assertThat(EngineComparison.difference(List.of("a"), List.of("a"))).isEmpty();
    }
}
