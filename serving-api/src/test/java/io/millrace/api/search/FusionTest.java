package io.millrace.api.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static Map<Row, String> found(String way, String... keys) {
        Map<Row, String> found = new LinkedHashMap<>();
        for (String key : keys) {
            found.put(new Row("tickets", key), key + way);
        }
        return found;
    }

    @Test
    void whatBothFindComesBeforeWhatOneFindsFirst() {
        List<Ranked<String>> hits =
                Fusion.fuse(found(" by words", "a", "b", "c"), found(" by meaning", "d", "c", "a"), 3);
        assertThat(hits).extracting(Ranked::item).containsExactly("a by words", "c by words", "d by meaning");
        assertThat(hits.get(0).score()).isCloseTo(1 / 61.0 + 1 / 63.0, within(1e-12));
        assertThat(hits.get(0).textRank()).isEqualTo(1);
        assertThat(hits.get(0).vectorRank()).isEqualTo(3);
        assertThat(hits.get(2).textRank()).isZero();
    }

    @Test
    void oneListKeepsItsOrder() {
        assertThat(Fusion.fuse(Map.<Row, String>of(), found("", "b", "a"), 10))
                .extracting(Ranked::item)
                .containsExactly("b", "a");
    }
}
