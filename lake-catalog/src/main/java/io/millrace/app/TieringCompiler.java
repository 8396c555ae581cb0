package io.millrace.app;

import io.millrace.app.hot.TieringJobSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns an app with hot tables into what the job is handed that carries them into the lake.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param hotStore bootstrap servers of the hot store as the cluster sees them
 */
public record TieringCompiler(App app, String warehouse, String hotStore) {
    /** Name of the job; an app without hot tables has none. */
    public static final String JOB = PlatformParts.TIERING;

    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        return SpecJson.write(new TieringJobSpec(settings, warehouse, hotStore));
    }
}
