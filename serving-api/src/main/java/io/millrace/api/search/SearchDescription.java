package io.millrace.api.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.endpoint.EndpointStatement;
import io.millrace.app.endpoint.Parameter;
import io.millrace.app.endpoint.ParameterType;
import io.millrace.app.search.SearchIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Search as it is described to its callers. */
public final class SearchDescription {
    static final String PATH = "/v1/search";

    private SearchDescription() {}

    static Endpoint endpoint(List<SearchIndex> indexes) {
        String names = indexes.stream().map(SearchIndex::name).collect(Collectors.joining(", "));
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(
                "q",
                ParameterType.STRING,
                true,
                null,
                "what to search for: words, \"phrases\", begin*; at most " + SearchRequest.LONGEST_TEXT + " characters",
                false));
        parameters.add(optional("in", null, "where, by commas; everywhere unless given: " + names));
        parameters.add(optional(
                "mode",
                Mode.HYBRID.word(),
                "text finds by words, vector by meaning, hybrid by both; one of " + String.join(", ", Mode.words())));
        parameters.add(new Parameter(
                "limit",
                ParameterType.INT,
                false,
                SearchRequest.HITS,
                "rows at most, 1 to " + SearchRequest.MOST_HITS,
                false));
        indexes.stream()
                .flatMap(index -> index.filters().stream())
                .distinct()
                .map(filter -> optional(
                        filter,
                        null,
                        "only rows with this value, or one of them when given more than once; in "
                                + indexes.stream()
                                        .filter(index -> index.filters().contains(filter))
                                        .map(SearchIndex::name)
                                        .collect(Collectors.joining(", "))))
                .forEach(parameters::add);
        return new Endpoint(
                "search",
                "GET",
                PATH,
                "Rows that fit a text, the best first, by their words and their meaning: " + names + ".",
                parameters,
                new EndpointStatement("SELECT 1", List.of(), true),
                true,
                0,
                "reader",
                "search");
    }

    private static Parameter optional(String name, @Nullable String otherwise, String description) {
        return new Parameter(name, ParameterType.STRING, false, otherwise, description, false);
    }

    /** Puts what an answer holds into the OpenAPI document. */
    public static void describeAnswer(ObjectNode document) {
        if (!(document.at("/paths/~1v1~1search/get/responses/200") instanceof ObjectNode answer)) {
            return;
        }
        answer.put(
                "description", "What was found, and the snapshot of lake." + SearchIndex.CHUNKS + " it was found in.");
        ObjectNode schema = (ObjectNode) answer.at("/content/application~1json/schema");
        ObjectNode properties = schema.putObject("properties");
        property(properties, "degraded", "string", "Why rows were found by words alone, else null.");
        property(properties, "took_ms", "number", "Without the query's own embedding.");
        property(properties, "embedding_ms", "number", "The query's own embedding; null when it was not asked for.");
        property(properties, "snapshots", "object", "The snapshot of each index that was searched.");
        property(properties, "count", "integer", "Length of results.");
        ObjectNode results = property(properties, "results", "array", "The rows found, the best first.");
        ObjectNode result = results.putObject("items").put("type", "object").putObject("properties");
        property(result, "index", "string", "Where it was found.");
        property(result, "key", "string", "The row's key.");
        property(result, "title", "string", "As it stands in the row.");
        property(result, "snippet", "string", "HTML: the best passages, escaped, with the words in <b>.");
        property(result, "score", "number", "Reciprocal rank fusion: comparable within one answer only.");
        property(result, "text_rank", "integer", "Place among those found by words, or null.");
        property(result, "vector_rank", "integer", "Place among those found by meaning, or null.");
        property(result, "chunk", "integer", "Which part of the row's text, from 0.");
        property(result, "filters", "object", "The row's values by filter.");
    }

    private static ObjectNode property(ObjectNode properties, String name, String type, String description) {
        return properties.putObject(name).put("type", type).put("description", description);
    }
}
