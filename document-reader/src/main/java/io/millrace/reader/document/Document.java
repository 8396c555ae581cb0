package io.millrace.reader.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file is and says.
 *
 * @param reason why it was refused or is pending, or what is missing
 * @param width in pixels; of pictures
 * @param pages of PDFs, also of those that were not read
 * @param seconds of sound
 * @param exif names and values, without anything about a place
 * @param text empty when there is none
 * @param language ISO 639-1
 * @param reader which programs and versions read it
 * @param truncated whether there is more in the file than was read
 */
public record Document(
        Status status,
        @Nullable String reason,
        String mimeType,
        Kind kind,
        long sizeBytes,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Integer pages,
        @Nullable Double seconds,
        Map<String, String> exif,
        @Nullable String title,
        String text,
        @Nullable TextFrom textFrom,
        @Nullable String language,
        String reader,
        boolean truncated,
        @Nullable Picture thumbnail) {

    /** As it goes over the wire. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", status.text())
                .put("reason", reason)
                .put("mime_type", mimeType)
                .put("kind", kind.text())
                .put("size_bytes", sizeBytes)
                .put("width", width)
                .put("height", height)
                .put("pages", pages)
                .put("seconds", seconds);
        ObjectNode tags = json.putObject("exif");
        exif.forEach(tags::put);
        json.put("title", title)
                .put("text", text)
                .put("text_from", textFrom == null ? null : textFrom.text())
                .put("language", language)
                .put("reader", reader)
                .put("truncated", truncated);
        if (thumbnail == null) {
            json.putNull("thumbnail");
        } else {
            json.putObject("thumbnail")
                    .put("mime_type", thumbnail.mimeType())
                    .put("width", thumbnail.width())
                    .put("height", thumbnail.height())
                    .put("image", thumbnail.bytes());
        }
        return json;
    }
}
