package io.millrace.api.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NdcgTest {
    private static final Map<String, Integer> GRADES = Map.of("a", 3, "b", 2, "c", 1);

    @Test
    void bestOrderIsOneAndNothingFoundIsZero() {
        assertThat(Ndcg.at(10, List.of("a", "b", "c", "x"), GRADES)).isEqualTo(1);
        assertThat(Ndcg.at(10, List.of("x", "y"), GRADES)).isZero();
        assertThat(Ndcg.at(10, List.of(), GRADES)).isZero();
    }

    @Test
    void worseOrderIsDiscountedByTheLogarithmOfTheRank() {
        double best = 7 / 1.0 + 3 / 1.584962500721156 + 1 / 2.0;
        double found = 1 / 1.0 + 0 / 1.584962500721156 + 7 / 2.0;
        assertThat(Ndcg.at(10, List.of("c", "x", "a"), GRADES)).isCloseTo(found / best, within(1e-12));
    }

    @Test
    void onlyTheDepthCountsOnBothSides() {
        assertThat(Ndcg.at(1, List.of("a", "x"), GRADES)).isEqualTo(1);
        assertThat(Ndcg.at(1, List.of("x", "a"), GRADES)).isZero();
    }

    @Test
    void keysMayHoldBlanksAndColons() {
        assertThat(Ndcg.grades("12:3 tickets/12/photo of: it.png:2  7:0"))
                .isEqualTo(Map.of("12", 3, "tickets/12/photo of: it.png", 2, "7", 0));
        assertThatThrownBy(() -> Ndcg.grades("12 13")).hasMessageContaining("'12 13' grades nothing");
    }
}
