package io.millrace.ingestion.media.folder;

import org.jspecify.annotations.Nullable;

/**
 * A file that a listing found.
 *
 * @param path relative to the folder; that of a folder which cannot be listed ends with a slash
 * @param refusal why it must not be read; null when it may
 */
record Found(String path, Version version, @Nullable String refusal) {
    Found(String path, Version version) {
        this(path, version, null);
    }

    boolean isFolder() {
        return path.endsWith("/");
    }
}
