package io.millrace.app.media;

/**
 * A folder whose files go into the lake.
 *
 * @param source its name in app.yaml
 * @param uri {@code file:}, {@code s3:} or {@code s3a:}, with a slash at its end
 */
public record WatchedFolder(String source, String uri) {}
