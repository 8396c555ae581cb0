package io.millrace.api.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.endpoint.QueryString;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.app.search.SearchIndex;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/search}: the rows that fit a text, the best first. */
final class SearchHandler implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of which each may wait for the gateway; more would take the threads of all other requests. */
    private static final int MOST_AT_ONCE = 8;

    private final List<SearchIndex> indexes;
    private final SearchEngine engine;
    private final Embedder embedder;
    private final Analyzer analyzer = Words.analyzer();
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);

    SearchHandler(List<SearchIndex> indexes, SearchEngine engine, Embedder embedder) {
        this.indexes = indexes;
        this.engine = engine;
        this.embedder = embedder;
    }

    @Override
    public void handle(Context context) {
        SearchRequest request = SearchRequest.read(QueryString.parse(context.queryString()), indexes);
        if (!running.tryAcquire()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY_REQUESTS, "too many searches run at the same time: try again shortly", 1);
        }
        try {
            answer(context, request);
        } finally {
            running.release();
        }
    }

    private void answer(Context context, SearchRequest request) {
        ObjectNode answer = JSON.createObjectNode().put("q", request.text());
        answer.put("mode", request.mode().word());
        ArrayNode in = answer.putArray("in");
        request.indexes().forEach(index -> in.add(index.name()));
        QueryVector vector = null;
        String degraded = null;
        Double embeddingMillis = null;
        if (request.mode() != Mode.TEXT) {
            long begin = System.nanoTime();
            try {
                vector = embedder.embed(request.text());
            } catch (EmbeddingFailed e) {
                degraded = degraded(request, e);
            }
            embeddingMillis = millis(begin);
        }
        long begin = System.nanoTime();
        Findings findings = engine.find(new SearchQuery(
                request.text(),
                request.mode() != Mode.VECTOR,
                vector,
                request.indexes(),
                request.filters(),
                request.limit()));
        ArrayNode results = JSON.createArrayNode();
        Query words = Words.query(analyzer, request.text());
        findings.hits().forEach(hit -> results.add(result(hit, words)));
        answer.put("degraded", degraded);
        answer.put("took_ms", millis(begin));
        answer.put("embedding_ms", embeddingMillis);
        ObjectNode snapshots = answer.putObject("snapshots");
        findings.snapshots().forEach(snapshots::put);
        answer.put("count", findings.hits().size());
        answer.set("results", results);
        findings.snapshots().values().stream()
                .min(Long::compare)
                .ifPresent(oldest -> context.header("Millrace-Snapshots", "lake." + SearchIndex.CHUNKS + "=" + oldest));
        context.header("Cache-Control", "no-cache");
        context.contentType("application/json").result(answer.toString());
    }

    private static String degraded(SearchRequest request, EmbeddingFailed failure) {
        if (request.mode() == Mode.VECTOR) {
            throw new ProblemException(
                    ProblemCode.EMBEDDING_UNAVAILABLE,
                    failure.getMessage()
                            + ", and mode=vector finds nothing without: try again, or search with mode=text",
                    5);
        }
        return failure.getMessage() + ": found by words alone";
    }

    private ObjectNode result(Ranked<FoundChunk> hit, Query words) {
        FoundChunk chunk = hit.item();
        ObjectNode result = JSON.createObjectNode()
                .put("index", chunk.row().index())
                .put("key", chunk.row().key())
                .put("title", chunk.title())
                .put("snippet", Words.highlight(analyzer, words, chunk.text()))
                .put("score", hit.score())
                .put("text_rank", rank(hit.textRank()))
                .put("vector_rank", rank(hit.vectorRank()))
                .put("chunk", chunk.chunk());
        ObjectNode filters = result.putObject("filters");
        chunk.filters().forEach(filters::put);
        return result;
    }

    private static @Nullable Integer rank(int rank) {
        return rank == 0 ? null : rank;
    }

    private static double millis(long beginNanos) {
        return Math.round((System.nanoTime() - beginNanos) / 10_000.0) / 100.0;
    }
}
