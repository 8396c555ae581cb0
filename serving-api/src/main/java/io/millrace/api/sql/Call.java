package io.millrace.api.sql;

import io.millrace.app.endpoint.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint and the values it is asked with; two equal calls have the same answer.
 *
 * @param values one for each parameter, as {@link io.millrace.app.endpoint.ParameterType#read} makes them; null is NULL
 */
public record Call(Endpoint endpoint, Map<String, @Nullable Object> values) {}
