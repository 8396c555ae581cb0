package io.millrace.api.media;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.millrace.api.problem.ProblemCode;
import io.millrace.api.problem.ProblemException;
import io.millrace.api.sql.Answer;
import io.millrace.api.sql.Call;
import io.millrace.api.sql.Lookup;
import io.millrace.lake.Content;
import io.millrace.lake.Contents;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/media/{id}}: the bytes of a content, whole or one range of them. */
public final class MediaHandler implements Handler {
    private static final Logger log = LoggerFactory.getLogger(MediaHandler.class);

    private final @Nullable Contents contents;
    private final Lookup lookup;
    private final Streams streams;

    /** @param contents null when media is not set up */
    public MediaHandler(@Nullable Contents contents, Function<Call, Answer> query, int maxStreams) {
        this.contents = contents;
        this.lookup = new Lookup("media", query);
        this.streams = new Streams(maxStreams);
    }

    @Override
    public void handle(Context context) {
        if (contents == null) {
            throw MediaIds.notSetUp();
        }
        String id = MediaIds.read(context);
        Content content = find(contents, id);
        String tag = "\"" + id + "\"";
        context.header("ETag", tag).header("Accept-Ranges", "bytes");
        MediaType type = type(id);
        // Until it is read its type may change, though its bytes never do.
        context.header(
                "Cache-Control", type.equals(MediaType.UNKNOWN) ? "no-store" : "private, max-age=31536000, immutable");
        if (ConditionalRequest.isCurrent(context, tag)) {
            context.status(304);
            return;
        }
        long size = content.sizeBytes();
        ByteRange range = context.method().equals(HandlerType.GET) ? range(context, tag, size) : null;
        ByteRange part = range == null ? new ByteRange(0, size) : range;
        String disposition = Disposition.of(type.inline(), name(id));
        Streams.Target target = () -> {
            Safety.apply(context);
            context.contentType(type.header()).header("Content-Disposition", disposition);
            if (range != null) {
                context.status(206).header("Content-Range", range.header(size));
            }
            context.res().setContentLengthLong(part.length());
            return context.res().getOutputStream();
        };
        try {
            if (context.method().equals(HandlerType.HEAD)) {
                target.open();
            } else {
                streams.send(content, part, target);
            }
        } catch (IOException e) {
            log.warn("content {} cannot be read: {}", id, e.getMessage());
            throw unavailable();
        }
    }

    private static @Nullable ByteRange range(Context context, String tag, long size) {
        try {
            return ByteRange.of(ConditionalRequest.range(context, tag), size);
        } catch (ProblemException e) {
            context.header("Content-Range", "bytes */" + size);
            throw e;
        }
    }

    private static Content find(Contents contents, String id) {
        Optional<Content> found;
        try {
            found = contents.find(id);
        } catch (IOException e) {
            log.warn("content {} cannot be looked up: {}", id, e.getMessage());
            throw unavailable();
        }
        return found.orElseThrow(() -> nothing(id));
    }

    private MediaType type(String id) {
        JsonNode rows = lookup.rows("SELECT mime_type FROM lake.media.documents WHERE media_id = ?", id);
        return MediaType.of(rows.path(0).path("mime_type").textValue());
    }

    /** Of the files with this content the first, so that the answer is the same each time. */
    private String name(String id) {
        JsonNode rows = lookup.rows("SELECT name FROM lake.media.files WHERE media_id = ? ORDER BY source, path", id);
        return rows.path(0).path("name").asText(id);
    }

    private static ProblemException nothing(String id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND,
                "no content " + id + " in the lake: SELECT media_id FROM lake.media.files lists them");
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.LAKE_UNAVAILABLE, "the lake cannot be read right now: try again in a few seconds", 2);
    }
}
