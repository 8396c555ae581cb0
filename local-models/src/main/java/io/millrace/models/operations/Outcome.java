package io.millrace.models.operations;

import io.javalin.http.Context;
import java.util.Optional;

/** What a request is counted under. */
public final class Outcome {
    private static final String NAME = "outcome";

    private Outcome() {}

    public static void set(Context context, String outcome) {
        context.attribute(NAME, outcome);
    }

    /** What was set, or {@code ok}. */
    public static String of(Context context) {
        return Optional.ofNullable(context.<String>attribute(NAME)).orElse("ok");
    }
}
