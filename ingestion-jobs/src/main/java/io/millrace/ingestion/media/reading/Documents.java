package io.millrace.ingestion.media.reading;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** The document reader's answers, and the rows that become of them. */
public final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    /** An answer of our own about a content that was not read. */
    static String refused(StoredContent content, String reason) {
        ObjectNode document = JSON.createObjectNode();
        document.put("status", "refused")
                .put("reason", reason)
                .put("kind", "other")
                .put("size_bytes", content.sizeBytes());
        return document.toString();
    }

    /** Whether it is sound that nobody has listened to. */
    static boolean isPendingSound(String document) throws IOException {
        JsonNode json = JSON.readTree(document);
        return json.path("status").asText().equals("pending")
                && json.path("kind").asText().equals("audio");
    }

    static String mimeType(String document) throws IOException {
        return JSON.readTree(document).path("mime_type").asText();
    }

    /** The document with the words that were spoken. */
    static String transcribed(String document, String words, String model) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(document);
        json.put("status", "read").putNull("reason").put("text", words).put("text_from", "transcript");
        return json.put("reader", json.path("reader").asText() + ", " + model).toString();
    }

    static String pending(String document, String reason) throws IOException {
        return ((ObjectNode) JSON.readTree(document)).put("reason", reason).toString();
    }

    /** Of {@code media.documents}. */
    public static Row document(ReadContent read) throws IOException {
        JsonNode json = JSON.readTree(read.document());
        return Row.of(
                read.content().mediaId(),
                text(json, "status"),
                text(json, "reason"),
                text(json, "mime_type"),
                text(json, "kind"),
                read.content().sizeBytes(),
                integer(json, "width"),
                integer(json, "height"),
                integer(json, "pages"),
                json.path("seconds").isNumber() ? json.path("seconds").doubleValue() : null,
                json.path("exif").isEmpty() ? null : json.path("exif").toString(),
                text(json, "title"),
                text(json, "text"),
                text(json, "text_from"),
                text(json, "language"),
                text(json, "reader"),
                json.path("truncated").asBoolean(),
                now());
    }

    /** Of {@code media.thumbnails}; most contents have none. */
    public static Optional<Row> thumbnail(ReadContent read) throws IOException {
        JsonNode thumbnail = JSON.readTree(read.document()).path("thumbnail");
        return thumbnail.isObject()
                ? Optional.of(Row.of(
                        read.content().mediaId(),
                        text(thumbnail, "mime_type"),
                        integer(thumbnail, "width"),
                        integer(thumbnail, "height"),
                        thumbnail.path("image").binaryValue()))
                : Optional.empty();
    }

    /** Of {@code ops.dead_letters}, when the content was refused. */
    public static Optional<Row> deadLetter(ReadContent read) throws IOException {
        JsonNode json = JSON.readTree(read.document());
        return json.path("status").asText().equals("refused")
                ? Optional.of(Row.of(
                        "media.contents", null, null, null, read.content().mediaId(), text(json, "reason"), now()))
                : Optional.empty();
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.path(field).asText() : null;
    }

    private static @Nullable Integer integer(JsonNode json, String field) {
        return json.path(field).isNumber() ? json.path(field).intValue() : null;
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
