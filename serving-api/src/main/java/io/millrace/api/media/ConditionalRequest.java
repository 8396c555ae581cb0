package io.millrace.api.media;

import io.javalin.http.Context;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a caller has already, by its ETag. */
final class ConditionalRequest {
    private ConditionalRequest() {}

    /** Whether If-None-Match names this tag: the caller needs no bytes. */
    static boolean isCurrent(Context context, String tag) {
        String header = context.header("If-None-Match");
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(candidate ->
                                candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag));
    }

    /** The Range header, unless If-Range says that the caller's other parts are of something else. */
    static @Nullable String range(Context context, String tag) {
        String condition = context.header("If-Range");
        return condition == null || condition.strip().equals(tag) ? context.header("Range") : null;
    }
}
