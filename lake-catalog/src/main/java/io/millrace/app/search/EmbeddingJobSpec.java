package io.millrace.app.search;

import java.util.List;
import java.util.Map;

/**
 * What the job that fills {@code ai.chunks} is handed, complete, as JSON. It holds no secret: keys are named, not given.
 *
 * @param indexes never empty
 * @param settings Flink configuration
 * @param warehouse URI of the lake as the cluster sees it
 * @param gateway base address of the inference gateway's API as the cluster sees it
 * @param gatewayKeyVariable environment variable on the cluster with the gateway's key; unset for none
 * @param alias the embedding model's name at the gateway
 * @param model what that name stands for: another model is another job
 * @param concurrency requests that may be in flight at a time for each index
 */
public record EmbeddingJobSpec(
        List<SearchIndex> indexes,
        Map<String, String> settings,
        String warehouse,
        String gateway,
        String gatewayKeyVariable,
        String alias,
        String model,
        int concurrency) {
    public EmbeddingJobSpec {
        indexes = List.copyOf(indexes);
        settings = Map.copyOf(settings);
    }
}
