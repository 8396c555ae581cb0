package io.millrace.api.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries of the platform's own, asked the way endpoints are. */
public final class Lookup {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Function<Call, Answer> query;

    /** @param name what fails, as callers and the log read it */
    public Lookup(String name, Function<Call, Answer> query) {
        this.name = name;
        this.query = query;
    }

    /** The rows as JSON objects. */
    public ArrayNode rows(String sql, Object... values) {
        List<Parameter> parameters = new ArrayList<>();
        Map<String, @Nullable Object> byName = new HashMap<>();
        for (Object value : values) {
            String parameter = "p" + parameters.size();
            ParameterType type = value instanceof Long ? ParameterType.BIGINT : ParameterType.STRING;
            parameters.add(new Parameter(parameter, type, true, null, "", false));
            byName.put(parameter, value);
        }
        Endpoint endpoint = new Endpoint(
                name,
                "GET",
                "/v1/" + name,
                "",
                parameters,
                new EndpointStatement(
                        sql, parameters.stream().map(Parameter::name).toList(), false),
                false,
                0,
                "reader",
                name);
        try {
            JsonNode answer =
                    JSON.readTree(query.apply(new Call(endpoint, byName)).body());
            return answer instanceof ArrayNode rows ? rows : (ArrayNode) answer.path("rows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
