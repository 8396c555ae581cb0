package io.millrace.ingestion.media.folder;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A tree of files, on this machine or in an object store. */
sealed interface Folder permits LocalFolder, StoreFolder {
    /** @param uri with a slash at its end */
    static Folder of(String uri) {
        URI parsed = URI.create(uri);
        return "file".equals(parsed.getScheme()) ? new LocalFolder(parsed) : new StoreFolder(parsed);
    }

    /**
     * All files in it, but for hidden and temporary ones. A folder that is not there has none.
     *
     * @throws IOException when it cannot be listed as a whole
     */
    List<Found> list() throws IOException;

    /** How the file is now; empty when it is gone. */
    Optional<Version> version(String path) throws IOException;

    InputStream open(String path) throws IOException;

    /** Names that programs use for what is not meant for others, or not yet. */
    static boolean isLeftOut(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || lower.endsWith(".part") || lower.endsWith(".tmp");
    }
}
