package io.millrace.app.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {
    @ParameterizedTest
    @CsvSource({
        "INT, 7, 7",
        "INT, -2147483648, -2147483648",
        "BIGINT, +9223372036854775807, 9223372036854775807",
        "DECIMAL, -12.50, -12.50",
        "DECIMAL, 99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
        "DOUBLE, 1E3, 1000.0",
        "BOOLEAN, false, false",
        "DATE, 2024-02-29, 2024-02-29",
        "TIMESTAMP, 2026-01-31, 2026-01-31T00:00:00Z",
        "TIMESTAMP, 2026-01-31T18:30, 2026-01-31T18:30:00Z",
        "TIMESTAMP, 2026-01-31 18:30:00.123456, 2026-01-31T18:30:00.123456Z",
        "TIMESTAMP, 2026-01-31T18:30:00+02:00, 2026-01-31T16:30:00Z",
        "TIMESTAMP, 2026-01-31T18:30:00-02:00, 2026-01-31T20:30:00Z",
        "STRING, '''; DROP TABLE x -- ', '''; DROP TABLE x -- '",
    })
    void textOfTheTypeIsRead(ParameterType type, String text, String value) {
        assertThat(type.read(text)).get().hasToString(value);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 2147483648",
        "INT, 1.0",
        "INT, ''",
        "INT, ' 1'",
        "INT, ١٢",
        "INT, 1e3",
        "BIGINT, 9223372036854775808",
        "BIGINT, 0x10",
        "BIGINT, 1 OR 1=1",
        "DECIMAL, 1e1000000000",
        "DECIMAL, 999999999999999999999999999999999999999",
        "DECIMAL, .5",
        "DECIMAL, '1,5'",
        "DOUBLE, NaN",
        "DOUBLE, Infinity",
        "DOUBLE, 1e999",
        "DOUBLE, 0x1p3",
        "DOUBLE, 1d",
        "BOOLEAN, 1",
        "BOOLEAN, yes",
        "BOOLEAN, TRUE",
        "DATE, 2023-02-29",
        "DATE, 2026-1-1",
        "DATE, 01.02.2026",
        "DATE, +12026-01-01",
        "TIMESTAMP, 2026-01-31T25:00:00Z",
        "TIMESTAMP, now",
        "TIMESTAMP, 2026-01-31T18:30:00 02:00",
    })
    void otherTextIsRefused(ParameterType type, String text) {
        assertThat(type.read(text)).isEmpty();
    }
}
