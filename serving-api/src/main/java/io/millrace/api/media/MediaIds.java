package io.millrace.api.media;

import io.javalin.http.Context;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import java.util.regex.Pattern;

/** The id in a path. */
final class MediaIds {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private MediaIds() {}

    /** @throws ProblemException when it is none */
    static String read(Context context) {
        String id = context.pathParam("id");
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "media id '" + id + "' is no SHA-256: give 64 hexadecimal digits in lower case");
        }
        return id;
    }

    static ProblemException notSetUp() {
        return new ProblemException(
                ProblemCode.MEDIA_NOT_SET_UP,
                "media is not set up: give the app a folder source, and serving-api its setting 'warehouse'");
    }
}
