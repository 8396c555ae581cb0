package io.millrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.app.search.SearchIndex;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

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

    /** A laptop that embeds stays usable, and a small model is not faster with more. */
    private static final int CONCURRENCY = 2;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(JobSettings.SEARCH);
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        EmbeddingJobSpec spec = new EmbeddingJobSpec(
                app.search(), settings, warehouse, gateway, AgentCompiler.GATEWAY_KEY, ALIAS, model(), CONCURRENCY);
        try {
            Map<String, Object> fields = JSON.convertValue(spec, new Fields());
            fields.put("settings", new TreeMap<>(settings));
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the job " + JOB + " cannot be written as JSON", e);
        }
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

    private static final class Fields extends TypeReference<LinkedHashMap<String, Object>> {}
}
