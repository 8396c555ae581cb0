package io.millrace.api.media;

import io.javalin.http.Context;

/** Headers that keep a browser from running what a file holds. */
final class Safety {
    private Safety() {}

    static void apply(Context context) {
        context.header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "SAMEORIGIN");
    }
}
