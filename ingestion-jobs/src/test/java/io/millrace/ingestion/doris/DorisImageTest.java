package io.millrace.ingestion.doris;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Network.Ipam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * The stream load itself on the real Doris: that the stand-in told the truth. Needs Docker, both images pulled and about
 * 6 GB of memory; skipped where they are not, never pulled by this test. Never run so far: see docs/unproven.md.
 */
class DorisImageTest {
    private static final String FRONTEND = "apache/doris:fe-4.1.4";
    private static final String BACKEND = "apache/doris:be-4.1.4";
    private static final String SUBNET = "172.30.77";

    private static Network network;
    private static GenericContainer<?> frontend;
    private static GenericContainer<?> backend;

    /** Before each, for a class that is skipped as a whole is not counted. */
    @BeforeEach
    void start() throws InterruptedException {
        if (backend != null) {
            return;
        }
        for (String image : List.of(FRONTEND, BACKEND)) {
            assumeTrue(
                    isLocal(image),
                    "the real Doris was not tried: it needs Docker, and docker pull " + image + " before");
        }
        network = Network.builder()
                .createNetworkCmdModifier(command ->
                        command.withIpam(new Ipam().withConfig(new Ipam.Config().withSubnet(SUBNET + ".0/24"))))
                .build();
        frontend = container(FRONTEND, 2).withExposedPorts(8030, 9030);
        backend = container(BACKEND, 3).withEnv("BE_ADDR", SUBNET + ".3:9050");
        frontend.start();
        backend.start();
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> query("SHOW BACKENDS", "Alive"), List.of("true")::equals);
        execute("CREATE DATABASE depot");
    }

    /** Asked by the command, for Testcontainers begins with pulling images of its own. */
    private static boolean isLocal(String image) throws InterruptedException {
        try {
            Process docker = new ProcessBuilder("docker", "image", "inspect", image)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return docker.waitFor(1, TimeUnit.MINUTES) && docker.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static GenericContainer<?> container(String image, int number) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withEnv("FE_SERVERS", "fe1:" + SUBNET + ".2:9010")
                .withEnv("FE_ID", "1")
                .withCreateContainerCmdModifier(command -> command.withIpv4Address(SUBNET + "." + number))
                .withStartupTimeout(Duration.ofMinutes(5));
    }

    @AfterAll
    static void stop() {
        if (backend != null) {
            backend.stop();
        }
        if (frontend != null) {
            frontend.stop();
        }
        if (network != null) {
            network.close();
        }
    }

    @Test
    void labelIsLoadedOnceAndTheSequenceDecides() throws Exception {
        execute("CREATE TABLE depot.keyed (id BIGINT NOT NULL, version BIGINT NOT NULL, text STRING) UNIQUE KEY (id)"
                + " DISTRIBUTED BY HASH (id) BUCKETS 1 PROPERTIES ('replication_num' = '1',"
                + " 'enable_unique_key_merge_on_write' = 'true', 'function_column.sequence_col' = 'version')");
        try (StreamLoad doris = new HttpStreamLoad(target("keyed", "version", true, false))) {
            assertThat(doris.load("k-1", List.of(row(1, 2, 0), row(2, 2, 0)))).isInstanceOf(StreamLoad.Loaded.class);
            assertThat(doris.load("k-1", List.of(row(1, 3, 0)))).isInstanceOf(StreamLoad.Loaded.class);
            assertThat(doris.load("k-2", List.of(row(1, 1, 0), row(2, 3, 1)))).isInstanceOf(StreamLoad.Loaded.class);
        }
        await().untilAsserted(() -> assertThat(
                        query("SELECT concat(id, ':', version) AS r FROM depot.keyed ORDER BY id", "r"))
                .containsExactly("1:2"));
    }

    @Test
    void refusedRowRefusesItsBatchAndLeavesTheLabelFree() throws Exception {
        execute("CREATE TABLE depot.narrow (id BIGINT NOT NULL, text VARCHAR(3)) DUPLICATE KEY (id)"
                + " DISTRIBUTED BY HASH (id) BUCKETS 1 PROPERTIES ('replication_num' = '1')");
        byte[] wide = "{\"id\":1,\"text\":\"too wide\"}".getBytes(StandardCharsets.UTF_8);
        byte[] good = "{\"id\":2,\"text\":\"ok\"}".getBytes(StandardCharsets.UTF_8);
        try (StreamLoad doris = new HttpStreamLoad(target("narrow", null, false, false))) {
            assertThat(doris.load("n-1", List.of(wide, good))).isInstanceOf(StreamLoad.Refused.class);
            assertThat(doris.load("n-1", List.of(good))).isInstanceOf(StreamLoad.Loaded.class);
        }
        await().untilAsserted(() ->
                assertThat(query("SELECT id FROM depot.narrow", "id")).containsExactly("2"));
    }

    @Test
    void transactionThatWaitsIsGivenUp() throws Exception {
        execute("CREATE TABLE depot.plain (id BIGINT NOT NULL, text STRING) DUPLICATE KEY (id)"
                + " DISTRIBUTED BY HASH (id) BUCKETS 1 PROPERTIES ('replication_num' = '1')");
        LoadTarget target = target("plain", null, false, true);
        Labels labels = new Labels(target, "waiting", 0);
        byte[] row = "{\"id\":1,\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        try (StreamLoad doris = new HttpStreamLoad(target)) {
            StreamLoad.Loaded first = (StreamLoad.Loaded) doris.load(labels.current(), List.of(row));
            assertThat(doris.load(labels.current(), List.of(row))).isEqualTo(first);
            new Transactions(target).abort(new WriterState(labels.prefix(), labels.next()));
            assertThat(doris.load(labels.current(), List.of(row))).isNotEqualTo(first);
        }
        assertThat(query("SELECT id FROM depot.plain", "id")).isEmpty();
    }

    private static byte[] row(long id, long version, int deleted) {
        return ("{\"id\":" + id + ",\"version\":" + version + ",\"text\":\"x\",\"__DORIS_DELETE_SIGN__\":" + deleted
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static LoadTarget target(String table, String sequence, boolean deletes, boolean twoPhaseCommit) {
        return new LoadTarget(
                "depot",
                table,
                "http://" + frontend.getHost() + ":" + frontend.getMappedPort(8030),
                "root",
                "DORIS_PASSWORD_THAT_IS_NOT_SET",
                sequence,
                deletes,
                twoPhaseCommit,
                "millrace",
                10,
                1_000_000,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                "unused");
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://" + frontend.getHost() + ":" + frontend.getMappedPort(9030) + "/?sslMode=DISABLED",
                "root",
                "");
    }

    private static void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<String> query(String sql, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        }
        return values;
    }
}
