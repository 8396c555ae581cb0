package io.millrace.app.endpoint;

import java.util.List;
import java.util.Objects;

/**
 * One REST endpoint: a query with typed parameters.
 *
 * @param name the file's name without {@code .sql}
 * @param method an HTTP method; GET for now
 * @param path template such as {@code /v1/customers/{customer_id}}
 * @param description free text, may be empty
 * @param parameters in the order declared
 * @param oneRow whether the answer is one object instead of a list of rows
 * @param cacheSeconds how long an answer may be given again; 0 for not at all
 * @param role who may call it
 * @param file path as the author knows it
 */
public record Endpoint(
        String name,
        String method,
        String path,
        String description,
        List<Parameter> parameters,
        EndpointStatement statement,
        boolean oneRow,
        int cacheSeconds,
        String role,
        String file) {
    public Endpoint {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(statement, "statement is null");
        Objects.requireNonNull(role, "role is null");
        Objects.requireNonNull(file, "file is null");
        parameters = List.copyOf(parameters);
    }

    /** Two endpoints of the same shape answer the same requests: {@code GET /v1/customers/{}}. */
    public String shape() {
        return method + " " + path.replaceAll("\\{[^}]*}", "{}");
    }
}
