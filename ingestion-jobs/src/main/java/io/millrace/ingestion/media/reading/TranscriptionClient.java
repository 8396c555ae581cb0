package io.millrace.ingestion.media.reading;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Asks the gateway what is spoken in a content, in OpenAI's protocol. */
final class TranscriptionClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 1_000;
    private static final int LONGEST_REASON = 300;
    private static final int LONGEST_TEXT = 200_000;

    private final HttpClient http;
    private final URI endpoint;
    private final @Nullable String key;
    private final String model;

    TranscriptionClient(HttpClient http, String gateway, @Nullable String key, String model) {
        this.http = http;
        this.endpoint = URI.create(gateway.replaceFirst("/+$", "") + "/audio/transcriptions");
        this.key = key == null || key.isBlank() ? null : key.strip();
        this.model = model;
    }

    /**
     * The document with the words, or still pending with the reason.
     *
     * @throws IOException when the lake does not give the bytes
     */
    String transcribe(ReadContent read, LakeBytes bytes) throws IOException, InterruptedException {
        String reason = "";
        for (int tried = 1; tried <= TRIES; tried++) {
            try {
                HttpResponse<String> answer = http.send(request(read, bytes), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answered(read, answer.body());
                }
                reason = "the gateway answered " + answer.statusCode() + ": " + shortened(answer.body());
                if (answer.statusCode() != 429 && answer.statusCode() != 503) {
                    break;
                }
            } catch (IOException e) {
                if (bytes.failure() != null) {
                    throw bytes.failure();
                }
                reason = "the gateway at " + endpoint + " is away: " + e;
            }
            Thread.sleep(PAUSE_MILLIS * tried);
        }
        return Documents.pending(read.document(), "not transcribed: " + reason);
    }

    private String answered(ReadContent read, String body) throws IOException {
        JsonNode words = JSON.readTree(body).path("text");
        if (!words.isTextual()) {
            return Documents.pending(
                    read.document(), "not transcribed: the gateway's answer has no text: " + shortened(body));
        }
        String text = words.asText().strip();
        return Documents.transcribed(
                read.document(), text.substring(0, Math.min(text.length(), LONGEST_TEXT)), "model " + model);
    }

    private HttpRequest request(ReadContent read, LakeBytes bytes) throws IOException {
        String mimeType = Documents.mimeType(read.document());
        String boundary = "millrace-" + read.content().mediaId();
        String name = "sound." + mimeType.substring(mimeType.indexOf('/') + 1).replace("mpeg", "mp3");
        String head = part(boundary, "model", model) + part(boundary, "response_format", "json") + "--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\nContent-Type: "
                + mimeType + "\r\n\r\n";
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(TIMEOUT)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Millrace-Caller", "media_reading")
                .header("Millrace-Key", read.content().mediaId())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        bytes.body(),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.US_ASCII)));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private static String part(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
