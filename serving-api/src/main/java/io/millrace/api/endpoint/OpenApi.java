package io.millrace.api.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemDocument;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the endpoints as an OpenAPI 3.1 document. */
public final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    public static ObjectNode document(String app, List<Endpoint> endpoints) {
        ObjectNode document = JSON.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", app)
                .put("version", "1")
                .put("description", "The endpoints of the app '" + app + "', each one a query on the lake.");
        document.putArray("servers").addObject().put("url", "/");
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            paths.withObjectProperty(endpoint.path()).set("get", operation(endpoint));
        }
        ObjectNode components = document.putObject("components");
        components.putObject("schemas").set("Problem", problemSchema());
        ObjectNode responses = components.putObject("responses");
        codesByStatus().forEach((status, codes) -> responses.set("Problem" + status, problemResponse(codes)));
        return document;
    }

    private static ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation = JSON.createObjectNode().put("operationId", endpoint.name());
        if (!endpoint.description().isEmpty()) {
            operation.put("summary", endpoint.description().lines().findFirst().orElse(""));
            operation.put("description", endpoint.description());
        }
        ArrayNode parameters = operation.putArray("parameters");
        endpoint.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        ObjectNode responses = operation.putObject("responses");
        responses.set("200", answer(endpoint));
        responses.putObject("304").put("description", "The answer the caller has is still the right one.");
        for (int status : codesByStatus().keySet()) {
            if (status == 405 || status == 410 || status == 416 || (status == 404 && !endpoint.oneRow())) {
                continue;
            }
            responses.putObject(Integer.toString(status)).put("$ref", "#/components/responses/Problem" + status);
        }
        return operation;
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode node = JSON.createObjectNode()
                .put("name", parameter.name())
                .put("in", parameter.inPath() ? "path" : "query")
                .put("required", parameter.required());
        if (!parameter.description().isEmpty()) {
            node.put("description", parameter.description());
        }
        ObjectNode schema = node.putObject("schema");
        switch (parameter.type()) {
            case STRING -> schema.put("type", "string");
            case INT -> schema.put("type", "integer").put("format", "int32");
            case BIGINT -> schema.put("type", "integer").put("format", "int64");
            case DECIMAL -> schema.put("type", "number");
            case DOUBLE -> schema.put("type", "number").put("format", "double");
            case BOOLEAN -> schema.put("type", "boolean");
            case DATE -> schema.put("type", "string").put("format", "date");
            case TIMESTAMP -> schema.put("type", "string").put("format", "date-time");
        }
        putDefault(schema, parameter.type(), parameter.defaultValue());
        return node;
    }

    private static void putDefault(ObjectNode schema, ParameterType type, @Nullable Object value) {
        if (value == null) {
            return;
        }
        switch (type) {
            case INT, BIGINT, DECIMAL, DOUBLE, BOOLEAN -> schema.putPOJO("default", value);
            case STRING, DATE, TIMESTAMP -> schema.put("default", value.toString());
        }
    }

    private static ObjectNode answer(Endpoint endpoint) {
        ObjectNode answer = JSON.createObjectNode()
                .put("description", endpoint.oneRow() ? "The one row found." : "The rows found.");
        ObjectNode headers = answer.putObject("headers");
        header(headers, "ETag", "Changes when the answer does; send it back as If-None-Match.");
        header(headers, "Cache-Control", "How long the answer may be used without asking again.");
        header(
                headers,
                "Millrace-Snapshots",
                "The snapshot of each table that was read, where the SQL server says it.");
        header(
                headers,
                EndpointHandler.FRESHNESS,
                "When the oldest of these snapshots was committed: what had reached the lake by then is in the answer.");
        ObjectNode schema = answer.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object");
        if (!endpoint.oneRow()) {
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("rows").put("type", "array").putObject("items").put("type", "object");
            properties.putObject("count").put("type", "integer");
            properties
                    .putObject("truncated")
                    .put("type", "boolean")
                    .put("description", "Whether there were more rows than the API gives at once.");
            schema.putArray("required").add("rows").add("count").add("truncated");
        }
        return answer;
    }

    private static void header(ObjectNode headers, String name, String description) {
        headers.putObject(name)
                .put("description", description)
                .putObject("schema")
                .put("type", "string");
    }

    private static Map<Integer, List<ProblemCode>> codesByStatus() {
        return Arrays.stream(ProblemCode.values())
                .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()));
    }

    private static ObjectNode problemResponse(List<ProblemCode> codes) {
        ObjectNode response = JSON.createObjectNode()
                .put(
                        "description",
                        codes.stream()
                                .map(code -> code.title() + " (" + code.code() + ")")
                                .collect(Collectors.joining(", ")));
        response.putObject("content")
                .putObject(ProblemDocument.CONTENT_TYPE)
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
        return response;
    }

    private static ObjectNode problemSchema() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("type").put("type", "string").put("format", "uri");
        properties.putObject("title").put("type", "string");
        properties.putObject("status").put("type", "integer");
        properties.putObject("detail").put("type", "string").put("description", "What is wrong and how to fix it.");
        properties.putObject("instance").put("type", "string").put("description", "The path that was asked for.");
        ArrayNode codes = properties.putObject("code").put("type", "string").putArray("enum");
        Arrays.stream(ProblemCode.values()).map(ProblemCode::code).forEach(codes::add);
        ArrayNode required = schema.putArray("required");
        List.of("type", "title", "status", "detail", "instance", "code").forEach(required::add);
        return schema;
    }
}
