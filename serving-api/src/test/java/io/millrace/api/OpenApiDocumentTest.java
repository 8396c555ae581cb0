package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.endpoint.OpenApi;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private static final List<Endpoint> ENDPOINTS = List.of(
            EndpointFile.parse("endpoints/customer.sql", """
                    -- GET /v1/customers/{customer_id}
                    -- One customer.
                    -- With their orders.
                    -- param customer_id BIGINT  the customer's number
                    -- param since DATE = '2020-01-01'  only orders from this day on
                    -- one row, cache 5 s
                    SELECT :customer_id, :since"""), EndpointFile.parse("endpoints/all_types.sql", """
                    -- GET /v1/all
                    -- param i INT = 5
                    -- param d DECIMAL = 1.50
                    -- param f DOUBLE
                    -- param b BOOLEAN = true
                    -- param t TIMESTAMP = NULL
                    -- param s STRING = 'x'
                    SELECT :i, :d, :f, :b, :t, :s"""));

    private final JsonNode document = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(OpenApi.document("shop", ENDPOINTS).toString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void documentIsOpenApi() {
        assertThat(document.get("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.at("/info/title").asText()).isEqualTo("shop");
        assertThat(document.at("/info/version").asText()).isEqualTo("1");
        assertThat(document.get("paths").size()).isEqualTo(2);
    }

    @Test
    void operationTellsWhatItsFileTells() {
        JsonNode operation =
                document.get("paths").get("/v1/customers/{customer_id}").get("get");
        assertThat(operation.get("operationId").asText()).isEqualTo("customer");
        assertThat(operation.get("summary").asText()).isEqualTo("One customer.");
        assertThat(operation.get("description").asText()).isEqualTo("One customer.\nWith their orders.");
        assertThat(operation.get("parameters").toString()).isEqualTo("""
                        [{"name":"customer_id","in":"path","required":true,"description":"the customer's number",\
                        "schema":{"type":"integer","format":"int64"}},\
                        {"name":"since","in":"query","required":false,"description":"only orders from this day on",\
                        "schema":{"type":"string","format":"date","default":"2020-01-01"}}]""");
    }

    @Test
    void everyTypeHasItsSchema() {
        assertThat(document.at("/paths/~1v1~1all/get/parameters")
                        .findValues("schema")
                        .toString())
                .isEqualTo("""
                        [{"type":"integer","format":"int32","default":5}, {"type":"number","default":1.5}, \
                        {"type":"number","format":"double"}, {"type":"boolean","default":true}, \
                        {"type":"string","format":"date-time"}, {"type":"string","default":"x"}]""");
    }

    @Test
    void onlyAnEndpointOfOneRowMayFindNothing() {
        assertThat(document.at("/paths/~1v1~1customers~1{customer_id}/get/responses")
                        .has("404"))
                .isTrue();
        assertThat(document.at("/paths/~1v1~1all/get/responses").has("404")).isFalse();
        assertThat(document.at("/paths/~1v1~1all/get/responses/200/content/application~1json/schema/required")
                        .toString())
                .isEqualTo("[\"rows\",\"count\",\"truncated\"]");
    }

    @Test
    void documentHoldsTogether() {
        for (JsonNode reference : document.findValues("$ref")) {
            assertThat(document.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
        Set<String> operations = new HashSet<>();
        document.get("paths").properties().forEach(path -> {
            JsonNode operation = path.getValue().get("get");
            assertThat(operations.add(operation.get("operationId").asText())).isTrue();
            Set<String> inTemplate = new HashSet<>();
            Matcher matcher = Pattern.compile("\\{([^}]*)}").matcher(path.getKey());
            while (matcher.find()) {
                inTemplate.add(matcher.group(1));
            }
            Set<String> inPath = new HashSet<>();
            operation.get("parameters").forEach(parameter -> {
                if (parameter.get("in").asText().equals("path")) {
                    assertThat(parameter.get("required").asBoolean()).isTrue();
                    inPath.add(parameter.get("name").asText());
                }
            });
            assertThat(inPath).isEqualTo(inTemplate);
            operation.get("responses").forEach(response -> assertThat(
                            response.has("$ref") || response.has("description"))
                    .isTrue());
        });
    }
}
