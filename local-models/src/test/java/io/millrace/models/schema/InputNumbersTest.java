package io.millrace.models.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputNumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order 4821 and 77.          | 4821, 77  | 4821, 77",
                "ORD-1001 costs 25.50        | 1001      | 1001, 25.50",
                "it is -5 degrees, 007       | -5, 7     | -5, 7",
                "1,299 euros                 | 1299, 1, 299 | 1299",
                "A4 paper, v1.2.3, 12abc     | ''        | ''",
                "#12 (34) x=56               | 12, 34, 56 | 12, 34, 56",
            })
    void numbersStandInOrderOfAppearance(String text, String integers, String decimals) {
        InputNumbers numbers = InputNumbers.of(text);
        assertThat(String.join(", ", numbers.integers())).isEqualTo(integers);
        assertThat(String.join(", ", numbers.decimals())).isEqualTo(decimals);
    }
}
