package io.millrace.app;

import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.app.search.SearchIndex;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns {@code search:} into what the job is handed that fills {@code ai.chunks}.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param gateway the inference gateway's API as the cluster sees it
 */
public record EmbeddingCompiler(App app, String warehouse, String gateway) {
    /** Name of the job. */
    public static final String JOB = "search_chunks";

    /** The model's name at the gateway; {@code models:} of app.yaml says what it is. */
    public static final String ALIAS = "embed";

    /** Of each index: a laptop that embeds stays usable, and a small model is not faster with more. */
    private static final int CONCURRENCY = 1;

    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(JobSettings.SEARCH);
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        return SpecJson.write(new EmbeddingJobSpec(
                app.search(), settings, warehouse, gateway, AgentCompiler.GATEWAY_KEY, ALIAS, model(), CONCURRENCY));
    }

    private String model() {
        return app.models().stream()
                .filter(model -> model.alias().equals(ALIAS))
                .map(Model::model)
                .findFirst()
                .orElseThrow();
    }

    /** Where the job's results are, for those who follow its progress. */
    public static String table() {
        return "lake." + SearchIndex.CHUNKS;
    }
}
