package io.millrace.api.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static List<FoundChunk> chunks(String... keys) {
        return Stream.of(keys)
                .map(key -> new FoundChunk("tickets", key, 0, "", "", Map.of()))
                .toList();
    }

    @Test
    void whatBothFindComesBeforeWhatOneFindsFirst() {
        List<Hit> hits = Fusion.fuse(new Findings(chunks("a", "b", "c"), chunks("d", "c", "a"), Map.of()), 3);
        assertThat(hits).extracting(hit -> hit.chunk().key()).containsExactly("a", "c", "d");
        assertThat(hits.get(0).score()).isCloseTo(1 / 61.0 + 1 / 63.0, within(1e-12));
        assertThat(hits.get(0).textRank()).isEqualTo(1);
        assertThat(hits.get(0).vectorRank()).isEqualTo(3);
        assertThat(hits.get(2).textRank()).isZero();
    }

    @Test
    void oneListKeepsItsOrder() {
        assertThat(Fusion.fuse(new Findings(List.of(), chunks("b", "a"), Map.of()), 10))
                .extracting(hit -> hit.chunk().key())
                .containsExactly("b", "a");
    }
}
