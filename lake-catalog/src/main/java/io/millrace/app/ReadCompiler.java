package io.millrace.app;

import io.millrace.app.media.ReadJobSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns an app with folders into what the job that has their files read is handed.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param reader document-reader as the cluster sees it
 * @param gateway the inference gateway's API as the cluster sees it
 */
public record ReadCompiler(App app, String warehouse, String reader, String gateway) {
    /** Name of the job. */
    public static final String JOB = "media_reading";

    /** The model of app.yaml that turns sound into text; without it sound stays pending. */
    private static final String TRANSCRIPTION = "transcribe";

    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        return SpecJson.write(new ReadJobSpec(
                settings,
                warehouse,
                settings.get(JobSettings.LOOKS_EVERY),
                reader,
                gateway,
                AgentCompiler.GATEWAY_KEY,
                transcriptionModel()));
    }

    private String transcriptionModel() {
        return app.models().stream()
                .map(Model::alias)
                .filter(TRANSCRIPTION::equals)
                .findFirst()
                .orElse("");
    }
}
