package io.millrace.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectorsTest {
    private static final Map<String, String> WRITTEN =
            Map.of("topic.prefix", "depot", "table.include.list", "public.parcels", "heartbeat.interval.ms", "700");

    @Test
    void databaseOfThePlatformWritesMarkersByItself() {
        assertThat(Connectors.configuration(source(true, WRITTEN)))
                .containsEntry("table.include.list", "public.parcels,millrace.markers")
                .containsEntry("heartbeat.interval.ms", "700")
                .hasEntrySatisfying("heartbeat.action.query", query -> assertThat(query)
                        .startsWith("INSERT INTO millrace.markers"));
    }

    @Test
    void heartbeatOfItsAuthorStays() {
        Map<String, String> own = new HashMap<>(WRITTEN);
        own.put("heartbeat.action.query", "SELECT 1");
        assertThat(Connectors.configuration(source(true, own))).containsEntry("heartbeat.action.query", "SELECT 1");
    }

    @Test
    void databaseOfSomebodyElseIsNotWrittenTo() {
        assertThat(Connectors.configuration(source(false, WRITTEN))).doesNotContainKey("heartbeat.action.query");
    }

    private static Source.Cdc source(boolean hosted, Map<String, String> connector) {
        return new Source.Cdc("depot", "depot", hosted, connector, List.of(), Optional.empty());
    }
}
