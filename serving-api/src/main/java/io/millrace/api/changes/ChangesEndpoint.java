package io.millrace.api.changes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.util.List;

/** The feed's path as the index and the OpenAPI document show it. */
final class ChangesEndpoint {
    static final String AFTER = "after";
    static final String FROM = "from";

    static final Endpoint CHANGES = new Endpoint(
            "changes",
            "GET",
            "/v1/changes/{table}",
            "The changes of a table of the hot store or of the lake as server-sent events, from now on.",
            List.of(
                    new Parameter(
                            "table", ParameterType.STRING, true, null, "a hot table or a lake table of the app", true),
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
                            "'earliest' for every change that is still kept",
                            false)),
            new EndpointStatement("SELECT 1", List.of(), true),
            true,
            0,
            "reader",
            "changes");

    private ChangesEndpoint() {}

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
                        + " last one. Of a lake table without a changelog an insert is an update too.");
        answer.putObject("content")
                .putObject(ChangeEvent.CONTENT_TYPE)
                .putObject("schema")
                .put("type", "string");
    }
}
