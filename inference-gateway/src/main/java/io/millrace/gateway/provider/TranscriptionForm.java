package io.millrace.gateway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A transcription as OpenAI's API takes it: multipart, the recording from its file. */
final class TranscriptionForm {
    private final String boundary = "millrace-" + UUID.randomUUID();
    private final JsonNode request;
    private final Audio audio;

    /** @param request the fields, and what is known of the recording as {@code file} */
    TranscriptionForm(JsonNode request, Audio audio) {
        this.request = request;
        this.audio = audio;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher body() throws FileNotFoundException {
        StringBuilder fields = new StringBuilder();
        request.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .forEach(field -> fields.append(part("name=\"" + field.getKey() + "\""))
                        .append(field.getValue().asText())
                        .append("\r\n"));
        // The recording's own name may tell who speaks; its ending is enough.
        String name = audio.ending().isEmpty() ? "audio" : "audio." + audio.ending();
        fields.append(part("name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream"));
        return BodyPublishers.concat(
                BodyPublishers.ofString(fields.toString(), StandardCharsets.UTF_8),
                BodyPublishers.ofFile(audio.file()),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }

    private String part(String disposition) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n";
    }
}
