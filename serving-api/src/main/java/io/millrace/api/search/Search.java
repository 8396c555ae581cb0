package io.millrace.api.search;

import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.app.search.SearchIndex;
import java.util.List;
import java.util.Optional;

/**
 * The route {@value SearchDescription#PATH}.
 *
 * @param endpoint as the index and the OpenAPI document show it; empty when nothing can be searched
 */
public record Search(Handler handler, Optional<Endpoint> endpoint) {
    public static final String PATH = SearchDescription.PATH;

    /** @param indexes what the app makes searchable, at least one */
    public static Search over(List<SearchIndex> indexes, SearchEngine engine, SearchSettings settings) {
        Embedder embedder = new Embedder(settings.gatewayUrl(), settings.gatewayKey(), settings.embeddingModel());
        return new Search(
                new SearchHandler(indexes, engine, embedder), Optional.of(SearchDescription.endpoint(indexes)));
    }

    /** Every request is answered with the reason. */
    public static Search off(String reason) {
        return new Search(
                context -> {
                    throw new ProblemException(ProblemCode.SEARCH_OFF, reason);
                },
                Optional.empty());
    }
}
