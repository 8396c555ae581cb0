package io.millrace.api.hot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.util.List;

/** The hot store's paths as the index and the OpenAPI document show them. */
final class HotEndpoints {
    static final String AFTER = "after";
    static final String FROM = "from";

    private static final Parameter TABLE =
            new Parameter("table", ParameterType.STRING, true, null, "a hot table of the app", true);

    static final Endpoint LOOKUP = endpoint(
            "lookup",
            "/v1/lookup/{table}/{key}",
            "A row of the hot store by its key, as it is now.",
            List.of(
                    TABLE,
                    new Parameter(
                            "key",
                            ParameterType.STRING,
                            true,
                            null,
                            "the row's key; the columns of a composite one separated by commas",
                            true)));

    static final Endpoint CHANGES = endpoint(
            "changes",
            "/v1/changes/{table}",
            "The changes of a table of the hot store as server-sent events, from now on.",
            List.of(
                    TABLE,
                    new Parameter(
                            AFTER,
                            ParameterType.STRING,
                            false,
                            null,
                            "go on after the event with this id; as the header Last-Event-ID, which goes before",
                            false),
                    new Parameter(
                            FROM,
                            ParameterType.STRING,
                            false,
                            null,
                            "'earliest' for everything the table's log still has",
                            false)));

    private HotEndpoints() {}

    private static Endpoint endpoint(String name, String path, String description, List<Parameter> parameters) {
        return new Endpoint(
                name,
                "GET",
                path,
                description,
                parameters,
                new EndpointStatement("SELECT 1", List.of(), true),
                true,
                0,
                "reader",
                name);
    }

    /** Says in the document what is no JSON. */
    static void describe(ObjectNode openApi) {
        ObjectNode operation =
                (ObjectNode) openApi.get("paths").get(CHANGES.path()).get("get");
        operation
                .withArray("parameters")
                .addObject()
                .put("name", "Last-Event-ID")
                .put("in", "header")
                .put("required", false)
                .put("description", "The id of the last event that was seen: the feed goes on after it.")
                .putObject("schema")
                .put("type", "string");
        ObjectNode responses = (ObjectNode) operation.get("responses");
        responses.remove("304");
        responses.putObject("410").put("$ref", "#/components/responses/Problem410");
        ObjectNode answer = responses.putObject("200");
        answer.put(
                "description",
                "Events insert, update, delete (tables with a primary key), append (others) and error, which is the"
                        + " last one.");
        answer.putObject("content")
                .putObject(ChangeEvent.CONTENT_TYPE)
                .putObject("schema")
                .put("type", "string");
    }
}
