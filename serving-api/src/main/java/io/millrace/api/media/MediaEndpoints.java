package io.millrace.api.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.util.List;

/** The paths below {@code /v1/media} as the index and the OpenAPI document show them. */
public final class MediaEndpoints {
    public static final Endpoint CONTENT =
            endpoint("media", "/v1/media/{id}", "The bytes of a file in the lake: whole, or one range of them.");
    public static final Endpoint THUMBNAIL =
            endpoint("media_thumbnail", "/v1/media/{id}/thumbnail", "A small picture of a file in the lake.");
    public static final List<Endpoint> ALL = List.of(CONTENT, THUMBNAIL);

    private MediaEndpoints() {}

    private static Endpoint endpoint(String name, String path, String description) {
        return new Endpoint(
                name,
                "GET",
                path,
                description,
                List.of(new Parameter(
                        "id",
                        ParameterType.STRING,
                        true,
                        null,
                        "SHA-256 of the file, as lake.media.files has it",
                        true)),
                new EndpointStatement("SELECT 1", List.of(), true),
                true,
                0,
                "reader",
                name);
    }

    /** Says in the document what is no JSON. */
    public static void describe(ObjectNode openApi) {
        ObjectNode paths = (ObjectNode) openApi.get("paths");
        bytes(paths, THUMBNAIL);
        ObjectNode content = bytes(paths, CONTENT);
        header(content, "Range", "One range of bytes, like bytes=0-1023; several get the whole.");
        header(content, "If-Range", "The range counts only while this is the ETag.");
        ObjectNode responses = (ObjectNode) content.get("responses");
        responses.set("206", responses.get("200").deepCopy());
        ((ObjectNode) responses.get("206")).put("description", "The range asked for; Content-Range says which.");
        responses.putObject("416").put("$ref", "#/components/responses/Problem416");
    }

    private static ObjectNode bytes(ObjectNode paths, Endpoint endpoint) {
        ObjectNode operation = (ObjectNode) paths.get(endpoint.path()).get("get");
        ((ObjectNode) operation.get("parameters").get(0).get("schema")).put("pattern", "^[0-9a-f]{64}$");
        ObjectNode answer = ((ObjectNode) operation.get("responses")).putObject("200");
        answer.put("description", "The bytes.");
        answer.putObject("content")
                .putObject("*/*")
                .putObject("schema")
                .put("type", "string")
                .put("format", "binary");
        header(operation, "If-None-Match", "An ETag: 304 when it is still the right one.");
        return operation;
    }

    private static void header(ObjectNode operation, String name, String description) {
        operation
                .withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", "header")
                .put("required", false)
                .put("description", description)
                .putObject("schema")
                .put("type", "string");
    }
}
