package io.millrace.ingestion.media.content;

/**
 * One version of a file in a watched folder.
 *
 * @param source the folder's name in app.yaml
 * @param path relative to the folder
 * @param seenAtMillis when this version was found
 */
public record Origin(String source, String path, long sizeBytes, long modifiedAtMillis, long seenAtMillis) {

    public Arrival refused(String reason) {
        return refused(path, reason);
    }

    /** @param at the file's path, or that of something in it */
    Arrival refused(String at, String reason) {
        return new Arrival(source, at, null, sizeBytes, modifiedAtMillis, seenAtMillis, null, reason);
    }

    Arrival stored(String at, Content content) {
        return new Arrival(
                source,
                at,
                content.mediaId(),
                content.sizeBytes(),
                modifiedAtMillis,
                seenAtMillis,
                content.forPaimon(),
                null);
    }
}
