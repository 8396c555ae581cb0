package io.millrace.api.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.endpoint.Endpoint;
import java.util.List;

/** What is served at {@code /}: every endpoint and where to read on. */
public final class Index {
    private Index() {}

    public static ObjectNode document(String app, List<Endpoint> endpoints) {
        ObjectNode document = new ObjectMapper().createObjectNode().put("app", app);
        ArrayNode list = document.putArray("endpoints");
        for (Endpoint endpoint : endpoints) {
            list.addObject()
                    .put("name", endpoint.name())
                    .put("method", endpoint.method())
                    .put("path", endpoint.path())
                    .put("description", endpoint.description());
        }
        document.putObject("links")
                .put("openapi", "/openapi.json")
                .put("health", "/health")
                .put("ready", "/ready")
                .put("metrics", "/metrics");
        return document;
    }
}
