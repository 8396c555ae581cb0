package io.millrace.app.hot;

import java.util.Map;

/**
 * What the job is handed that carries hot tables into the lake, complete, as JSON.
 *
 * @param settings Flink configuration
 * @param warehouse URI of the lake as the cluster sees it
 * @param hotStore bootstrap servers of the hot store as the cluster sees them
 */
public record TieringJobSpec(Map<String, String> settings, String warehouse, String hotStore) {
    public TieringJobSpec {
        settings = Map.copyOf(settings);
    }
}
