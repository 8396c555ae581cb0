package io.millrace.ingestion.media.reading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has contents read by the document reader. It waits for a reader that is away, however long: that is no content's
 * fault. A content whose reader ends over it twice is refused. Used by one thread.
 */
final class ReaderClient {
    private static final Logger log = LoggerFactory.getLogger(ReaderClient.class);
    private static final int ATTEMPTS = 2;
    private static final long PAUSE_MILLIS = 500;
    /** Longer than any reader takes. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private final HttpClient http;
    private final URI read;
    private final URI health;

    /** @param reader its base address */
    ReaderClient(HttpClient http, String reader) {
        String base = reader.replaceFirst("/+$", "");
        this.http = http;
        read = URI.create(base + "/v1/read");
        health = URI.create(base + "/health");
    }

    /**
     * The reader's answer, or a refusal in the same form.
     *
     * @throws IOException when the lake does not give the bytes
     */
    String read(StoredContent content, LakeBytes.Source lake) throws IOException, InterruptedException {
        String last = "";
        int attempts = 0;
        while (attempts < ATTEMPTS) {
            awaitReader();
            LakeBytes bytes = lake.of(content);
            HttpRequest request = HttpRequest.newBuilder(read)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/octet-stream")
                    .POST(bytes.body())
                    .build();
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
                if (answer.statusCode() == 503) {
                    Thread.sleep(PAUSE_MILLIS);
                    continue;
                }
                last = "it answered " + answer.statusCode() + ": " + answer.body();
            } catch (ConnectException e) {
                continue;
            } catch (IOException e) {
                IOException failure = bytes.failure();
                if (failure instanceof FileNotFoundException) {
                    return Documents.refused(content, "its bytes are no longer in the lake: " + failure.getMessage());
                }
                if (failure != null) {
                    throw failure;
                }
                last = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            attempts++;
            log.warn("content {}: the reader ended while reading it ({})", content.mediaId(), last);
        }
        return Documents.refused(content, "the reader ended while reading it (" + ATTEMPTS + " times: " + last + ")");
    }

    private void awaitReader() throws InterruptedException {
        boolean said = false;
        while (true) {
            try {
                HttpRequest request = HttpRequest.newBuilder(health)
                        .timeout(Duration.ofSeconds(10))
                        .build();
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                if (!said) {
                    log.info("the document reader at {} is away: waiting for it", health);
                    said = true;
                }
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
