package io.millrace.launcher.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void offsetMovesEveryPort() {
        assertThat(Ports.withOffset(0))
                .isEqualTo(new Ports(
                        15432, 19092, 19093, 18083, 8081, 9030, 8080, 18090, 18091, 18092, 9123, 9124, 12181));
        assertThat(Ports.withOffset(1000))
                .isEqualTo(new Ports(
                        16432, 20092, 20093, 19083, 9081, 10030, 9080, 19090, 19091, 19092, 10123, 10124, 13181));
    }

    @Test
    void everyPortHasAUser() {
        assertThat(Ports.withOffset(0).users())
                .hasSize(Ports.class.getRecordComponents().length)
                .containsEntry(15432, "PostgreSQL")
                .containsEntry(8080, "the serving API");
    }
}
