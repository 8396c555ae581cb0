package io.millrace.ingestion.tiering;

import io.millrace.app.hot.TieringJobSpec;
import io.millrace.lake.Warehouse;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.fluss.config.Configuration;
import org.apache.fluss.flink.tiering.LakeTieringJobBuilder;

/**
 * Carries hot tables into the lake, each as often as its {@code table.datalake.freshness} says. Its only argument is the
 * {@link TieringJobSpec} as JSON. It has no state of its own: the hot store remembers how far each table has come.
 */
public final class TieringJob {
    /** How often it asks the hot store for a table whose turn has come: part of the freshness anybody sees. */
    private static final String POLL = "500 ms";

    private TieringJob() {}

    public static void main(String[] arguments) throws Exception {
        TieringJobSpec spec = new ObjectMapper().readValue(arguments[0], TieringJobSpec.class);
        StreamExecutionEnvironment streams = StreamExecutionEnvironment.getExecutionEnvironment(
                org.apache.flink.configuration.Configuration.fromMap(spec.settings()));
        LakeTieringJobBuilder.newBuilder(
                        streams,
                        Configuration.fromMap(
                                Map.of("bootstrap.servers", spec.hotStore(), "tiering.poll.table.interval", POLL)),
                        Configuration.fromMap(lake(spec.warehouse())),
                        new Configuration(),
                        "paimon")
                .build();
    }

    /** With the keys of an object store, which the cluster's environment has. */
    private static Map<String, String> lake(String uri) {
        Warehouse warehouse = Warehouse.of(uri, System.getenv());
        Map<String, String> options = new HashMap<>(warehouse.access());
        options.put("metastore", "filesystem");
        options.put("warehouse", warehouse.uri());
        return options;
    }
}
