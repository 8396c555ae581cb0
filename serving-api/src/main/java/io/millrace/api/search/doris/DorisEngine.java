package io.millrace.api.search.doris;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.search.Findings;
import io.millrace.api.search.FoundChunk;
import io.millrace.api.search.Fusion;
import io.millrace.api.search.Row;
import io.millrace.api.search.SearchEngine;
import io.millrace.api.search.SearchQuery;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Lookup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Search in Doris' table of embeddings, which {@code doris/pipelines/chunks.sql} fills from {@code ai.chunks}. */
public final class DorisEngine implements SearchEngine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lookup lookup;

    /** @param query asks Doris */
    public DorisEngine(Function<Call, Answer> query) {
        this.lookup = new Lookup("search", query);
    }

    @Override
    public Findings find(SearchQuery query) {
        Map<Row, FoundChunk> byWords = query.words() ? found(DorisSql.byWords(query)) : Map.of();
        Map<Row, FoundChunk> byMeaning =
                query.vector() == null ? Map.of() : found(DorisSql.byMeaning(query, query.vector()));
        return new Findings(Fusion.fuse(byWords, byMeaning, query.limit()), Map.of());
    }

    private Map<Row, FoundChunk> found(DorisSql statement) {
        Map<Row, FoundChunk> rows = new LinkedHashMap<>();
        for (JsonNode row : lookup.rows(statement.sql(), statement.values().toArray())) {
            FoundChunk chunk = new FoundChunk(
                    new Row(row.path("index").asText(), row.path("key").asText()),
                    row.path("chunk").asInt(),
                    row.path("title").asText(""),
                    row.path("text").asText(""),
                    filters(row.path("filters").asText("")));
            rows.putIfAbsent(chunk.row(), chunk);
        }
        return rows;
    }

    /** Doris shows a map as JSON, but does not escape what stands in it. */
    private static Map<String, String> filters(String map) {
        try {
            return JSON.readValue(map, new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    @Override
    public void close() {}
}
