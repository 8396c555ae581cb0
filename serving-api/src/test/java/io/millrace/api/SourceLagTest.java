package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.app.Markers;
import io.millrace.lake.LakeChanges;
import io.millrace.lake.Warehouse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.Timestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLagTest {
    @TempDir
    Path folder;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private LakeWriter lake;
    private LakeChanges changes;
    private SourceLag lag;

    @BeforeEach
    void start() {
        lake = new LakeWriter(folder, Markers.DATABASE);
        changes = LakeChanges.open(Warehouse.local(lake.uri()), "depot");
        Identifier markers = Identifier.create(Markers.DATABASE, Markers.TABLE);
        lag = SourceLag.to("lake", () -> changes.changes(markers), metrics);
    }

    @AfterEach
    void stop() throws Exception {
        changes.close();
        lake.close();
    }

    @Test
    void markersThatArriveBetweenTwoQuestionsAreTimedByPipeline() throws Exception {
        create();
        mark("cdc", 1, 100);
        lag.record();
        assertThat(metrics.getMeters()).isEmpty();
        mark("cdc", 2, 7);
        mark("cdc", 3, 9);
        mark("ledger", 1, 30);
        lag.record();
        lag.record();
        assertThat(timer("cdc").count()).isEqualTo(2);
        assertThat(timer("cdc").max(TimeUnit.SECONDS)).isBetween(9.0, 20.0);
        assertThat(timer("cdc").mean(TimeUnit.SECONDS)).isBetween(8.0, 19.0);
        assertThat(timer("ledger").max(TimeUnit.SECONDS)).isBetween(30.0, 50.0);
    }

    @Test
    void withoutMarkersNothingIsTimed() throws Exception {
        lag.record();
        create();
        lag.record();
        assertThat(metrics.getMeters()).isEmpty();
        mark("cdc", 1, 1);
        lag.record();
        assertThat(timer("cdc").count()).isEqualTo(1);
    }

    @Test
    void markersThatAreNoLongerKeptAreLeftOut() throws Exception {
        create();
        lag.record();
        for (int value = 1; value <= 3; value++) {
            mark("cdc", value, 1);
        }
        lake.expire(Markers.TABLE);
        lag.record();
        lag.record();
        mark("cdc", 4, 1);
        lag.record();
        assertThat(timer("cdc").count()).isBetween(1L, 2L);
    }

    private void create() throws Exception {
        lake.create("CREATE TABLE " + Markers.TABLE + " (pipeline STRING, source STRING, `value` BIGINT,"
                + " written_at TIMESTAMP_LTZ(6), PRIMARY KEY (pipeline, source) NOT ENFORCED)"
                + " PARTITIONED BY (pipeline) WITH ('bucket' = '1');");
    }

    private void mark(String pipeline, long value, long secondsAgo) throws Exception {
        long writtenAt = System.currentTimeMillis() - secondsAgo * 1000;
        lake.write(Markers.TABLE, LakeWriter.row(pipeline, "shopdb", value, Timestamp.fromEpochMillis(writtenAt)));
    }

    private Timer timer(String pipeline) {
        return metrics.get("millrace.source.to.lake")
                .tags("source", "shopdb", "pipeline", pipeline)
                .timer();
    }
}
