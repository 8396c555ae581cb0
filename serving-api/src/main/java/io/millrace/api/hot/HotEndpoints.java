package io.millrace.api.hot;

import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.util.List;

/** The hot store's path as the index and the OpenAPI document show it. */
final class HotEndpoints {
    static final Endpoint LOOKUP = new Endpoint(
            "lookup",
            "GET",
            "/v1/lookup/{table}/{key}",
            "A row of the hot store by its key, as it is now.",
            List.of(
                    new Parameter("table", ParameterType.STRING, true, null, "a hot table of the app", true),
                    new Parameter(
                            "key",
                            ParameterType.STRING,
                            true,
                            null,
                            "the row's key; the columns of a composite one separated by commas",
                            true)),
            new EndpointStatement("SELECT 1", List.of(), true),
            true,
            0,
            "reader",
            "lookup");

    private HotEndpoints() {}
}
