package io.millrace.ingestion.media.folder;

import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file to be read once.
 *
 * @param seenAtMillis when it was found to be whole
 * @param refusal why it must not be read; null when it may
 */
record FileSplit(
        String path,
        Version version,
        long seenAtMillis,
        @Nullable String refusal) implements SourceSplit {
    @Override
    public String splitId() {
        return seenAtMillis + " " + path;
    }
}
