package io.millrace.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.millrace.api.endpoint.Answers;
import io.millrace.api.endpoint.EndpointHandler;
import io.millrace.api.endpoint.Index;
import io.millrace.api.endpoint.OpenApi;
import io.millrace.api.explain.ExplainHandler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemDocument;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.search.Search;
import io.millrace.app.endpoint.Endpoint;
import io.millrace.service.Nearest;
import io.millrace.service.metrics.ProgramMetrics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which path is answered by what. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String NAME = "endpoint";

    private final String app;
    private final List<Endpoint> endpoints;
    private final List<Endpoint> described;
    private final ExplainHandler explain;
    private final Parts parts;
    private final Answers answers;
    private final Runnable probe;
    private final ProgramMetrics metrics;
    private final FreshnessMetrics freshness;

    /** @param probe throws a problem when the SQL server is not there */
    Routes(
            String app,
            List<Endpoint> endpoints,
            ExplainHandler explain,
            Parts parts,
            Answers answers,
            Runnable probe,
            ProgramMetrics metrics,
            FreshnessMetrics freshness) {
        this.app = app;
        this.endpoints = endpoints;
        this.explain = explain;
        this.parts = parts;
        this.described = Stream.of(endpoints, List.of(ExplainHandler.ENDPOINT), parts.described())
                .flatMap(List::stream)
                .toList();
        this.answers = answers;
        this.probe = probe;
        this.metrics = metrics;
        this.freshness = freshness;
    }

    /** The name a request is counted under. */
    static String name(Context context) {
        return Optional.ofNullable(context.<String>attribute(NAME)).orElse("none");
    }

    void addTo(RoutesConfig routes) {
        // Every route before the one that matches costs an expression's match: what must be quick comes first.
        add(routes, parts.hot().handlers());
        // The first route that matches answers: a fixed segment goes before a parameter in the same place.
        endpoints.stream()
                .sorted(Comparator.comparing(endpoint -> endpoint.path().replace('{', '\uffff')))
                .forEach(endpoint ->
                        add(routes, endpoint.path(), endpoint.name(), new EndpointHandler(endpoint, answers)));
        add(routes, ExplainHandler.ENDPOINT.path(), ExplainHandler.ENDPOINT.name(), explain);
        add(routes, parts.media().handlers());
        add(routes, Search.PATH, "search", parts.search().search().handler());
        add(routes, parts.changes().handlers());
        add(routes, "/", "index", json(Index.document(app, described).toPrettyString()));
        ObjectNode openApi = parts.documented(OpenApi.document(app, described));
        add(routes, "/openapi.json", "openapi", json(openApi.toPrettyString()));
        add(routes, "/health", "health", json("{\"status\":\"up\"}"));
        add(routes, "/ready", "ready", context -> {
            probe.run();
            context.contentType("application/json").result("{\"status\":\"ready\"}");
        });
        add(routes, "/metrics", "metrics", context -> {
            freshness.refresh();
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
        });
        routes.before(context -> context.header("X-Content-Type-Options", "nosniff"));
        routes.exception(ProblemException.class, (problem, context) -> ProblemDocument.write(context, problem));
        routes.exception(HttpResponseException.class, this::refuse);
        routes.exception(Exception.class, (failure, context) -> {
            log.error("{} {} failed", context.method(), context.path(), failure);
            ProblemDocument.write(
                    context,
                    new ProblemException(
                            ProblemCode.INTERNAL_ERROR, "the request failed: the log of serving-api says why"));
        });
    }

    private static void add(RoutesConfig routes, Map<Endpoint, Handler> handlers) {
        handlers.forEach((endpoint, handler) -> add(routes, endpoint.path(), endpoint.name(), handler));
    }

    private static void add(RoutesConfig routes, String path, String name, Handler handler) {
        Handler named = context -> {
            context.attribute(NAME, name);
            handler.handle(context);
        };
        routes.get(path, named);
        routes.head(path, named);
    }

    private static Handler json(String text) {
        return context -> context.contentType("application/json").result(text);
    }

    private void refuse(HttpResponseException refusal, Context context) {
        ProblemException problem =
                switch (refusal.getStatus()) {
                    case 404 -> noSuchEndpoint(context);
                    case 405 -> {
                        context.header("Allow", "GET, HEAD");
                        yield new ProblemException(
                                ProblemCode.METHOD_NOT_ALLOWED,
                                context.method() + " is not allowed on " + context.path() + ": use GET");
                    }
                    default ->
                        new ProblemException(
                                refusal.getStatus() < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.INTERNAL_ERROR,
                                "the request was refused: " + refusal.getMessage());
                };
        ProblemDocument.write(context, problem);
    }

    private ProblemException noSuchEndpoint(Context context) {
        Map<String, String> known = new HashMap<>();
        described.forEach(endpoint -> known.put(filled(endpoint.path(), context.path()), endpoint.path()));
        return new ProblemException(
                ProblemCode.NO_SUCH_ENDPOINT,
                "no endpoint at " + context.path()
                        + Nearest.to(context.path(), known.keySet())
                                .map(nearest -> " — did you mean '" + known.get(nearest) + "'?")
                                .orElse(": GET / lists them all"));
    }

    /** The template with its parameters taken from the path, so that only the fixed parts differ. */
    private static String filled(String template, String path) {
        String[] segments = template.split("/");
        String[] given = path.split("/");
        for (int i = 0; i < Math.min(segments.length, given.length); i++) {
            if (segments[i].startsWith("{")) {
                segments[i] = given[i];
            }
        }
        return String.join("/", segments);
    }
}
