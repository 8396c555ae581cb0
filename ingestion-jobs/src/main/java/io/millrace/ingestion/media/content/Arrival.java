package io.millrace.ingestion.media.content;

import org.jspecify.annotations.Nullable;

/**
 * A file with its content, or one that is refused.
 *
 * @param source the folder's name in app.yaml
 * @param path relative to the folder; an attachment's follows its mail's after {@code !/}
 * @param mediaId SHA-256 of the content as lower-case hex; null when the file is refused
 * @param seenAtMillis when this version of the file was found; later versions have later times
 * @param content the bytes, or Paimon's descriptor of where they are staged; null when the file is refused
 * @param refusal why the file does not go into the lake; null when it does
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares arrivals
public record Arrival(
        String source,
        String path,
        @Nullable String mediaId,
        long sizeBytes,
        long modifiedAtMillis,
        long seenAtMillis,
        byte @Nullable [] content,
        @Nullable String refusal) {

    public boolean isRefused() {
        return refusal != null;
    }

    /** What comes after the last slash. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
