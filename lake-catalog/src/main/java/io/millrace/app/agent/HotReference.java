package io.millrace.app.agent;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A hot table that an agent's file names.
 *
 * @param table {@code DATABASE.TABLE}
 * @param line 1-based line where it is named; 0 in a job, which stays the same when the line moves
 */
public record HotReference(
        String table,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        int line) {
    /** The table's name in its database; as a tool it is called so too. */
    public String name() {
        return table.substring(table.indexOf('.') + 1);
    }
}
