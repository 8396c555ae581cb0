package io.millrace.app.endpoint;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an endpoint, from the path or from the query string.
 *
 * @param required whether a caller must give it; always true in the path
 * @param defaultValue what a caller who leaves it out gets, as {@link ParameterType#read} makes it; null is SQL's NULL
 * @param description free text, may be empty
 */
public record Parameter(
        String name,
        ParameterType type,
        boolean required,
        @Nullable Object defaultValue,
        String description,
        boolean inPath) {
    public Parameter {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(description, "description is null");
    }
}
