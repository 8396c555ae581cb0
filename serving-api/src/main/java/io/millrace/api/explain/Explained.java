package io.millrace.api.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * How a table is explained.
 *
 * @param key its key column
 * @param numeric whether the key is a whole number
 * @param calls column with ids in the ledger, by commas
 */
record Explained(String key, boolean numeric, String calls) {
    /** In tables that agents fill in. */
    static final String AGENTS_CALLS = "_calls";

    /** In tables that pipelines fill in with ML_PREDICT. */
    static final String PIPELINES_CALL = "inference_id";

    /** From rows of name, part (PRI in the key) and type; null when the table has no such column. */
    static @Nullable Explained of(ArrayNode columns) {
        String key = null;
        String calls = null;
        boolean numeric = false;
        for (JsonNode column : columns) {
            String name = column.path("name").asText();
            if (key == null && column.path("part").asText().equals("PRI")) {
                key = name;
                numeric = column.path("type").asText().contains("int");
            }
            if (name.equals(AGENTS_CALLS) || name.equals(PIPELINES_CALL)) {
                calls = name;
            }
        }
        return key == null || calls == null ? null : new Explained(key, numeric, calls);
    }
}
