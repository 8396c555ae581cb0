package io.millrace.app;

import io.millrace.app.media.IngestJobSpec;
import io.millrace.app.media.WatchedFolder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns an app's folders into what the job that reads them is handed.
 *
 * @param warehouse URI of the lake as the cluster sees it
 * @param data URI of the folder that relative folders lie in, as the cluster sees it
 */
public record IngestCompiler(App app, String warehouse, String data) {
    /** Name of the job; an app without folders has none. */
    public static final String JOB = PlatformParts.MEDIA_INGEST;

    private static final long MAX_BYTES = 500L << 20;
    private static final long LIST_MILLIS = 1_000;
    /** The spec as JSON, the same text for the same app. */
    public String compile() {
        Map<String, String> settings = new LinkedHashMap<>(JobSettings.DEFAULTS);
        // Contents travel as arrays of up to a megabyte that nobody changes.
        settings.put("pipeline.object-reuse", "true");
        settings.putAll(app.settings());
        settings.put("pipeline.name", JOB);
        return SpecJson.write(new IngestJobSpec(
                settings,
                warehouse,
                folder(warehouse) + "staging/media/",
                app.folders().stream()
                        .map(folder -> new WatchedFolder(folder.name(), uri(folder)))
                        .toList(),
                MAX_BYTES,
                LIST_MILLIS));
    }

    /** Where the files of a source are, as the cluster sees it; with a slash at its end. */
    public String uri(Source.Folder source) {
        String folder = source.folder();
        if (FolderSource.isUri(folder)) {
            return folder;
        }
        try {
            return folder(data)
                    + new URI(null, null, "/" + folder, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("folder " + folder + " cannot be written as a URI", e);
        }
    }

    private static String folder(String uri) {
        return uri.endsWith("/") ? uri : uri + "/";
    }
}
