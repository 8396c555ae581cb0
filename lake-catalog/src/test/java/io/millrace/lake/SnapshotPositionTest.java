package io.millrace.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.changes.Place;
import io.millrace.changes.PositionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPositionTest {
    private static final SnapshotPosition POSITION = SnapshotPosition.parse("1790000000000/17:3");

    @Test
    void textIsReadAsItIsWritten() {
        assertThat(POSITION)
                .hasToString("1790000000000/17:3")
                .isEqualTo(new SnapshotPosition(1_790_000_000_000L, 17, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "17:3", "5/0:1234,1:99", "5/-1:0", "5/1:12345678901234567890", "5/1:0 "})
    void whatIsNoIdIsRefused(String text) {
        assertThatThrownBy(() -> SnapshotPosition.parse(text))
                .isInstanceOf(PositionException.class)
                .hasMessageContaining("it is no id of a change");
    }

    @Test
    void changesAreSeenInTheOrderOfTheirSnapshots() {
        assertThat(POSITION.has(new Place(16, 99))).isTrue();
        assertThat(POSITION.has(new Place(17, 2))).isTrue();
        assertThat(POSITION.has(new Place(17, 3))).isFalse();
        assertThat(POSITION.has(new Place(18, 0))).isFalse();
        assertThat(POSITION.after(new Place(17, 3))).hasToString("1790000000000/17:4");
    }

    @Test
    void laterSnapshotIsFurtherThanAnyChangeBeforeIt() {
        SnapshotPosition next = POSITION.at(18);
        assertThat(next.reaches(POSITION)).isTrue();
        assertThat(POSITION.reaches(next)).isFalse();
        assertThat(POSITION.reaches(POSITION)).isTrue();
        assertThat(POSITION.reaches(POSITION.after(new Place(17, 3)))).isFalse();
        assertThat(POSITION.furthest(next)).isEqualTo(next);
        assertThat(next.furthest(POSITION)).isEqualTo(next);
    }
}
