package io.millrace.models.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerRangeTest {
    /** Each grammar is read as a regular expression, which differs only in quotes and spaces. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 5", "0, 10", "17, 432", "-3, 3", "-120, -7", "99, 1000", "1000, 1001", "-1, 0"})
    void exactlyTheIntegersBetweenTheBoundsAreAllowed(int least, int most) {
        Pattern pattern = Pattern.compile(IntegerRange.between(BigInteger.valueOf(least), BigInteger.valueOf(most))
                .replaceAll("[\" ]", ""));
        assertThat(IntStream.rangeClosed(-1300, 1300)
                        .filter(value ->
                                pattern.matcher(Integer.toString(value)).matches())
                        .toArray())
                .isEqualTo(IntStream.rangeClosed(least, most).toArray());
    }
}
