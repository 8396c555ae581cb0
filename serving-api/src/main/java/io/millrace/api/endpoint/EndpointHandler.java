package io.millrace.api.endpoint;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Snapshots;
import io.millrace.app.endpoint.Endpoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one endpoint. */
public final class EndpointHandler implements Handler {
    /** Until when everything that was written is in the answer. */
    public static final String FRESHNESS = "X-Data-Freshness";

    private final Endpoint endpoint;
    private final Answers answers;

    public EndpointHandler(Endpoint endpoint, Answers answers) {
        this.endpoint = endpoint;
        this.answers = answers;
    }

    @Override
    public void handle(Context context) {
        Call call = RequestParameters.read(endpoint, context.pathParamMap(), QueryString.parse(context.queryString()));
        AnswerCache.Kept kept = answers.answer(call);
        Answer answer = kept.answer();
        if (!answer.found()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    endpoint.name() + " has nothing at " + context.path() + ": check its values");
        }
        // Weak: a compressed answer has other bytes.
        String tag = "W/\"" + answer.tag() + "\"";
        context.header("ETag", tag);
        if (endpoint.cacheSeconds() == 0) {
            context.header("Cache-Control", "no-cache");
        } else {
            context.header("Cache-Control", "max-age=" + endpoint.cacheSeconds());
            context.header("Age", Long.toString(kept.ageSeconds()));
        }
        Snapshots snapshots = answer.snapshots();
        if (snapshots != null) {
            context.header("Millrace-Snapshots", snapshots.tables());
            if (snapshots.freshUntil() != null) {
                context.header(FRESHNESS, snapshots.freshUntil());
            }
        }
        if (matches(context.header("If-None-Match"), tag)) {
            context.status(304);
        } else {
            context.contentType("application/json").result(answer.body());
        }
    }

    private static boolean matches(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        String opaque = tag.substring(2);
        return Arrays.stream(ifNoneMatch.split(","))
                .map(String::strip)
                .anyMatch(candidate -> candidate.equals("*") || candidate.equals(tag) || candidate.equals(opaque));
    }
}
