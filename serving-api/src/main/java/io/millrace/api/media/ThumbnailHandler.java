package io.millrace.api.media;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Lookup;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;

/** {@code GET /v1/media/{id}/thumbnail}: the small picture of a content that has one. */
public final class ThumbnailHandler implements Handler {
    private final boolean setUp;
    private final Lookup lookup;

    public ThumbnailHandler(boolean setUp, Function<Call, Answer> query) {
        this.setUp = setUp;
        this.lookup = new Lookup("thumbnail", query);
    }

    @Override
    public void handle(Context context) {
        if (!setUp) {
            throw MediaIds.notSetUp();
        }
        String id = MediaIds.read(context);
        // As Base64, for Doris takes the lake's bytes for a text.
        JsonNode row = lookup.rows(
                        "SELECT mime_type, to_base64(image) AS image FROM lake.media.thumbnails WHERE media_id = ?", id)
                .path(0);
        if (!row.path("image").isTextual()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "content " + id + " has no thumbnail: it is no picture, or not read yet");
        }
        byte[] image = Base64.getMimeDecoder().decode(row.path("image").textValue());
        String tag = "\"" + sha256(image) + "\"";
        context.header("ETag", tag).header("Cache-Control", "private, max-age=3600");
        if (ConditionalRequest.isCurrent(context, tag)) {
            context.status(304);
            return;
        }
        MediaType type = MediaType.of(row.path("mime_type").textValue());
        Safety.apply(context);
        context.contentType(type.header())
                .header("Content-Disposition", Disposition.of(type.inline(), "thumbnail"))
                .disableCompression()
                .result(image);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
