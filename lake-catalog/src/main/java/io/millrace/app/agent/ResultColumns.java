package io.millrace.app.agent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns that explain a result; every agent's tables have them after its own. */
public final class ResultColumns {
    /** Name to SQL type, in order. */
    public static final Map<String, String> PROVENANCE;

    static {
        Map<String, String> columns = new LinkedHashMap<>();
        // Position of the row worked on in its source's log.
        columns.put("_input_version", "BIGINT");
        // SHA-256 of what the agent read of it.
        columns.put("_input_hash", "STRING");
        // The chat model's alias.
        columns.put("_model", "STRING");
        // The prompt files used, by commas, their versions in the names.
        columns.put("_prompts", "STRING");
        // Ids in ai.inference_calls, by commas, in order.
        columns.put("_calls", "STRING");
        // Every model call and tool call with its answer, as JSON.
        columns.put("_steps", "STRING");
        columns.put("_tokens", "INT");
        // Time worked, waits for restarts of the job left out.
        columns.put("_millis", "BIGINT");
        columns.put("_finished_at", "TIMESTAMP_LTZ(3)");
        PROVENANCE = Collections.unmodifiableMap(columns);
    }

    private ResultColumns() {}
}
