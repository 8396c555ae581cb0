package io.millrace.app.media;

import java.util.List;
import java.util.Map;

/**
 * What the job that brings files into the lake is handed, complete, as JSON. It holds no secret.
 *
 * @param settings Flink configuration
 * @param warehouse URI of the lake as the cluster sees it
 * @param staging URI of a folder on the lake's store where large contents wait for the lake; the job's own, swept by it
 * @param maxBytes larger files and attachments are refused
 * @param listMillis pause between two listings of a folder, at least
 */
public record IngestJobSpec(
        Map<String, String> settings,
        String warehouse,
        String staging,
        List<WatchedFolder> folders,
        long maxBytes,
        long listMillis) {
    public IngestJobSpec {
        settings = Map.copyOf(settings);
        folders = List.copyOf(folders);
    }
}
