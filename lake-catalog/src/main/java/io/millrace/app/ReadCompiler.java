package io.millrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.media.ReadJobSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns an app with folders into what the job that has their files read is handed.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param reader document-reader as the cluster sees it
 * @param gateway the inference gateway's API as the cluster sees it
 * @param transcriptionModel the gateway's model for sound, or empty for none
 */
public record ReadCompiler(App app, String warehouse, String reader, String gateway, String transcriptionModel) {
    /** Name of the job. */
    public static final String JOB = "media_reading";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        ReadJobSpec spec =
                new ReadJobSpec(settings, warehouse, reader, gateway, AgentCompiler.GATEWAY_KEY, transcriptionModel);
        try {
            Map<String, Object> fields = JSON.convertValue(spec, new TypeReference<LinkedHashMap<String, Object>>() {});
            fields.put("settings", new TreeMap<>(settings));
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("job " + JOB + " cannot be written as JSON", e);
        }
    }
}
