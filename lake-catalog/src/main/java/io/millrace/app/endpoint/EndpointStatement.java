package io.millrace.app.endpoint;

import java.util.List;
import java.util.Objects;

/**
 * An endpoint's query in JDBC form.
 *
 * @param sql one SELECT with a {@code ?} for each parameter, without comments and closing semicolon
 * @param parameters the parameter each {@code ?} stands for, in order; a name may come more than once
 * @param limited whether the query bounds its rows itself with an outermost LIMIT
 */
public record EndpointStatement(String sql, List<String> parameters, boolean limited) {
    public EndpointStatement {
        Objects.requireNonNull(sql, "sql is null");
        parameters = List.copyOf(parameters);
    }
}
