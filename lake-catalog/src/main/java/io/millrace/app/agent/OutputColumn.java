package io.millrace.app.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column an agent fills in.
 *
 * @param type STRING, INT, BIGINT, DOUBLE, BOOLEAN or TIMESTAMP_LTZ(3)
 * @param optional whether it may stay NULL
 * @param oneOf the values there are; empty for any
 * @param min smallest number; null for none
 * @param max greatest number; null for none
 * @param maxTokens longest answer of the model
 */
public record OutputColumn(
        String name,
        String type,
        boolean optional,
        List<String> oneOf,
        @Nullable Long min,
        @Nullable Long max,
        int maxTokens,
        Fill fill) {
    public OutputColumn {
        oneOf = List.copyOf(oneOf);
    }
}
