package io.millrace.api.media;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a content is served.
 *
 * @param header for Content-Type
 * @param inline whether a browser may show it
 */
record MediaType(String header, boolean inline) {
    static final MediaType UNKNOWN = new MediaType("application/octet-stream", false);

    /** Nothing here can run: no SVG, no HTML, no XML. */
    private static final Set<String> SHOWN = Set.of(
            "image/png",
            "image/jpeg",
            "image/webp",
            "application/pdf",
            "text/plain",
            "audio/wav",
            "audio/x-wav",
            "audio/vnd.wave",
            "audio/mpeg",
            "audio/mp3");

    private static final Pattern TYPE = Pattern.compile("[a-z0-9]+/[a-z0-9][a-z0-9.+_-]*");
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([a-z0-9._-]+)\"?");

    /** @param type as the reader found it, null until it is read */
    static MediaType of(@Nullable String type) {
        String[] parts = (type == null ? "" : type.toLowerCase(Locale.ROOT)).split(";", 2);
        String name = parts[0].strip();
        // A page could run a script that is served as one.
        if (!TYPE.matcher(name).matches() || name.endsWith("script")) {
            return UNKNOWN;
        }
        if (!name.startsWith("text/")) {
            return new MediaType(name, SHOWN.contains(name));
        }
        var charset = CHARSET.matcher(parts.length > 1 ? parts[1].strip() : "");
        return new MediaType(
                name + ";charset=" + (charset.matches() ? charset.group(1) : "utf-8"), SHOWN.contains(name));
    }
}
