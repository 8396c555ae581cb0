package io.millrace.hot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.changes.Place;
import io.millrace.changes.PositionException;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final LogPosition POSITION = LogPosition.parse("5/0:1234,1:99");

    @Test
    void textIsReadAsItIsWritten() {
        assertThat(POSITION).hasToString("5/0:1234,1:99").isEqualTo(LogPosition.parse("5/0:1234,1:99"));
        assertThat(POSITION.with(1, 100)).hasToString("5/0:1234,1:100");
        assertThat(POSITION.back(1000)).hasToString("5/0:234,1:0");
        assertThat(POSITION.back(1000).distance(POSITION)).isEqualTo(1099);
    }

    @Test
    void changeIsSeenWhenItsBucketIsFurther() {
        assertThat(POSITION.has(new Place(1, 98))).isTrue();
        assertThat(POSITION.has(new Place(1, 99))).isFalse();
        assertThat(POSITION.after(new Place(1, 99))).isEqualTo(POSITION.with(1, 100));
    }

    @Test
    void oneReachesAnotherOnlyInEveryBucket() {
        assertThat(POSITION.reaches(POSITION)).isTrue();
        assertThat(POSITION.reaches(POSITION.with(1, 100))).isFalse();
        assertThat(POSITION.with(0, 1).furthest(POSITION.with(1, 100))).isEqualTo(POSITION.with(1, 100));
    }

    @Test
    void whatTheLogNoLongerHasIsExpired() {
        assertThatCode(() -> POSITION.requireFrom(POSITION)).doesNotThrowAnyException();
        assertThatThrownBy(() -> POSITION.requireFrom(POSITION.with(1, 100)))
                .isInstanceOfSatisfying(
                        PositionException.class, e -> assertThat(e.expired()).isTrue())
                .hasMessage("position '5/0:1234,1:99' lies before what the table's log still has, which begins at"
                        + " '5/0:1234,1:100': read the rows anew and follow with ?from=earliest, or raise"
                        + " 'table.log.ttl'");
    }
}
