package io.millrace.agent.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionTest {
    private final Confusion confusion = new Confusion();

    @Test
    void eachPairIsCounted() {
        confusion.add("negative", "negative");
        confusion.add("negative", "negative");
        confusion.add("negative", "neutral");
        confusion.add("neutral", "negative");

        assertThat(confusion.count("negative", "negative")).isEqualTo(2);
        assertThat(confusion.count("negative", "neutral")).isEqualTo(1);
        assertThat(confusion.count("neutral", "neutral")).isZero();
        assertThat(confusion.right()).isEqualTo(2);
        assertThat(confusion.accuracy()).isEqualTo(0.5);
        assertThat(confusion.mostFrequent()).isEqualTo(0.75);
    }

    @Test
    void nullForNullIsRightAndNoAnswerIsWrong() {
        confusion.add(null, null);
        confusion.add(null, "100813");
        confusion.add("100813", Judged.NO_ANSWER);

        assertThat(confusion.right()).isEqualTo(1);
        assertThat(confusion.of()).isEqualTo(3);
    }
}
