package io.millrace.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.Settings;
import io.millrace.service.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HotStoreSettingsTest {
    @Test
    void byDefaultAProcessRunsAllOfItWithOneReplica() {
        HotStoreSettings settings = load(Map.of());
        assertThat(settings.parts()).isEqualTo(Parts.parse("zookeeper,tablet-server,coordinator"));
        for (Part part : Part.values()) {
            assertThat(settings.runs(part)).isTrue();
        }
        assertThat(settings.zookeeperAddress()).isEqualTo("127.0.0.1:12181");
        assertThat(settings.sharedDirectory()).hasToString("/data/remote");
        assertThat(settings.isReplicated()).isFalse();
    }

    @Test
    void aProcessOfAClusterRunsOnePart() {
        HotStoreSettings settings = load(Map.of(
                "PARTS",
                "tablet-server",
                "ZOOKEEPER",
                "zookeeper:2181",
                "TABLET_SERVERS",
                "3",
                "TABLET_SERVER_ID",
                "2",
                "REPLICATION_FACTOR",
                "3",
                "REMOTE_DIRECTORY",
                "/shared"));
        assertThat(settings.runs(Part.TABLET_SERVER)).isTrue();
        assertThat(settings.runs(Part.COORDINATOR)).isFalse();
        assertThat(settings.zookeeperAddress()).isEqualTo("zookeeper:2181");
        assertThat(settings.sharedDirectory()).hasToString("/shared");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> load(Map.of("PARTS", "coordinator,tablets")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there is no part 'tablets', only [zookeeper, tablet-server, coordinator]");
        assertThatThrownBy(() -> load(Map.of("PARTS", "coordinator")))
                .hasMessageContaining("either parts has zookeeper, or zookeeper says where it is");
        assertThatThrownBy(() -> load(Map.of("ZOOKEEPER", "zookeeper:2181")))
                .hasMessageContaining("either parts has zookeeper, or zookeeper says where it is");
        assertThatThrownBy(() -> load(Map.of("REPLICATION_FACTOR", "3")))
                .hasMessageContaining("replicationFactor 3 needs as many tabletServers, and there are 1");
    }

    private static HotStoreSettings load(Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>();
        environment.put("MILLRACE_HOT_STORE_DATA_DIRECTORY", "/data");
        environment.put("MILLRACE_HOT_STORE_WAREHOUSE", "file:/lake");
        changes.forEach((key, value) -> environment.put("MILLRACE_HOT_STORE_" + key, value));
        return Settings.load(HotStoreSettings.class, "hot-store", null, environment);
    }
}
