package io.millrace.ingestion.embedding;

import io.millrace.app.search.EmbeddingJobSpec;
import io.millrace.ingestion.gateway.CallFailure;
import io.millrace.ingestion.gateway.GatewayClient;
import io.millrace.ingestion.gateway.GatewayKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the embeddings of a row's chunks and turns them into rows of {@code ai.chunks}. A chunk that the model fails on
 * has the reason instead of a vector: it can still be found by its words.
 */
final class EmbeddingFunction extends RichAsyncFunction<SearchRow, Row> {
    private static final long serialVersionUID = 1L;

    /** Of a long text in one request; a small model takes a second for them. */
    private static final int TEXTS_AT_ONCE = 32;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LONGEST_HEADER = 200;

    private final URI endpoint;
    private final String alias;
    private final String keyVariable;
    private final String caller;
    private final Duration retryTimeout;

    private transient @Nullable GatewayClient gateway;
    private transient @Nullable GatewayKey key;

    /** @param retryTimeout how long a row waits while the gateway is away or says it is busy */
    EmbeddingFunction(EmbeddingJobSpec spec, Duration retryTimeout) {
        endpoint = URI.create(spec.gateway().replaceFirst("/+$", "") + "/embeddings");
        alias = spec.alias();
        keyVariable = spec.gatewayKeyVariable();
        caller = spec.settings().getOrDefault("pipeline.name", "search_chunks");
        this.retryTimeout = retryTimeout;
    }

    @Override
    public void open(OpenContext context) {
        gateway = new GatewayClient(TIMEOUT, retryTimeout);
        key = GatewayKey.read(keyVariable);
    }

    @Override
    public void asyncInvoke(SearchRow row, ResultFuture<Row> result) {
        if (row.deleted) {
            result.complete(ChunkRows.deletions(row, 0));
            return;
        }
        List<String> chunks = Chunker.chunks(row.text);
        List<String> texts =
                chunks.stream().map(chunk -> (row.title + "\n" + chunk).strip()).toList();
        embed(row, texts).whenComplete((embeddings, failure) -> {
            if (failure == null) {
                result.complete(ChunkRows.of(row, chunks, embeddings));
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Batch after batch, so that a long text does not crowd out the others. */
    private CompletableFuture<List<Embedding>> embed(SearchRow row, List<String> texts) {
        CompletableFuture<List<Embedding>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
            List<String> batch = texts.subList(from, Math.min(from + TEXTS_AT_ONCE, texts.size()));
            all = all.thenCompose(done -> batch(row, batch).thenApply(embeddings -> {
                done.addAll(embeddings);
                return done;
            }));
        }
        return all;
    }

    private CompletableFuture<List<Embedding>> batch(SearchRow row, List<String> texts) {
        if (texts.get(0).isEmpty()) {
            return CompletableFuture.completedFuture(List.of(Embedding.failed("there is no text to embed")));
        }
        return gateway.post(request(row, Embedding.request(alias, texts))).handle((response, failure) -> {
            if (response != null) {
                return answered(response, texts.size());
            }
            if (failure instanceof CallFailure) {
                return failed(failure.getMessage(), texts.size());
            }
            throw new CompletionException(failure);
        });
    }

    private HttpRequest request(SearchRow row, String body) {
        String rowKey = (row.index + "/" + row.key).replaceAll("[^ -~]", "?");
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Millrace-Caller", caller)
                .header("Millrace-Key", rowKey.substring(0, Math.min(rowKey.length(), LONGEST_HEADER)))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        key.authorize(request);
        return request.build();
    }

    private List<Embedding> answered(HttpResponse<String> response, int texts) {
        if (response.statusCode() != 200) {
            return failed(key.refusal(response), texts);
        }
        try {
            return Embedding.answered(response.body(), texts);
        } catch (CallFailure e) {
            return failed(e.getMessage(), texts);
        }
    }

    private List<Embedding> failed(String reason, int texts) {
        return Collections.nCopies(texts, Embedding.failed(key.hidden(reason)));
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
