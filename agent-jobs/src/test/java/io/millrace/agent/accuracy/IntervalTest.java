package io.millrace.agent.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void theIntervalIsWilsons() {
        Interval interval = Interval.wilson(81, 263);

        assertThat(interval.low()).isCloseTo(0.2553, within(0.0001));
        assertThat(interval.high()).isCloseTo(0.3662, within(0.0001));
    }

    @Test
    void allRightIsNotCertain() {
        Interval interval = Interval.wilson(10, 10);

        assertThat(interval.low()).isCloseTo(0.7225, within(0.0001));
        assertThat(interval.high()).isCloseTo(1, within(0.0001));
    }
}
