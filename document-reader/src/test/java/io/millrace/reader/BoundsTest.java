package io.millrace.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.reader.RunningReader.ReaderClient;
import io.millrace.reader.work.TimeLimit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's time, memory and queue have their limits. */
class BoundsTest {
    @TempDir
    Path folder;

    @Test
    void filesMadeToFillTheMemoryDoNot() throws Exception {
        try (ChildReader child = ChildReader.start(folder, "ocr: none")) {
            ReaderClient reader = child.client();
            assertThat(status(reader.read(Pictures.png(10_000, 10_000, 10_000), "")))
                    .isEqualTo("read");
            assertThat(status(reader.read(Pictures.png(50_000, 50_000, 10), "")))
                    .isEqualTo("refused");
            assertThat(status(reader.read(Pictures.webp(2_000, 2_000), ""))).isEqualTo("read");
            assertThat(status(reader.read(Pdfs.repeated(" ".repeat(1 << 20), 60), "")))
                    .isEqualTo("read");
            assertThat(status(reader.read(Pdfs.repeated(" ".repeat(1 << 20), 200), "")))
                    .isEqualTo("refused");
            assertThat(status(reader.read(Pdfs.repeated("BT /F 1 Tf (aaaaaaaaaa) Tj ET\n", 50_000), "")))
                    .isEqualTo("read");
            byte[] tags = ("<!DOCTYPE html><html><body>" + "<b>".repeat(700_000)).getBytes(StandardCharsets.US_ASCII);
            assertThat(status(reader.read(tags, ""))).isEqualTo("read");
            byte[] line =
                    ("From: a@example.org\nSubject: " + "x".repeat(10_000_000)).getBytes(StandardCharsets.US_ASCII);
            assertThat(status(reader.read(line, ""))).isIn("read", "refused");
            assertThat(child.process().isAlive()).isTrue();
            assertThat(child.pssMegabytes()).as("MiB in memory").isLessThan(450);
        }
    }

    @Test
    void fileThatTakesTooLongIsRefusedOrEndsTheProgram() throws Exception {
        byte[] drawing = Pdfs.slow(10_000);
        assertThat(drawing.length).isLessThan(1_000_000);
        try (ChildReader child = ChildReader.start(folder, "ocr: none\nsecondsPerFile: 2")) {
            assertThatThrownBy(() -> child.client().read(drawing, "")).isInstanceOf(IOException.class);
            assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process().exitValue()).isEqualTo(TimeLimit.OVERDUE);
        }
    }

    @Test
    void programEndsWithItsParent() throws Exception {
        try (ChildReader child = ChildReader.start(folder, "ocr: none")) {
            child.process().getOutputStream().close();
            assertThat(child.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process().exitValue()).isZero();
        }
    }

    @Test
    void onlySoManyFilesWaitForTheirTurn() throws Exception {
        byte[] drawing = Pdfs.slow(10_000);
        try (ChildReader child = ChildReader.start(folder, "ocr: none\nwaiting: 1")) {
            CompletableFuture<HttpResponse<String>> first = child.client().send(drawing);
            await().atMost(Duration.ofSeconds(60)).until(() -> isBeingRead(drawing));
            CompletableFuture<HttpResponse<String>> second = child.client().send(new byte[0]);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> child.client().get("/metrics").body().contains("reader_waiting 1.0"));
            HttpResponse<String> third = child.client().send(new byte[0]).get(60, TimeUnit.SECONDS);
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(third.body()).isEqualTo("{\"error\":\"1 files wait to be read already: try again later\"}");
            assertThat(first.isDone()).isFalse();
            assertThat(second.isDone()).isFalse();
        }
    }

    private boolean isBeingRead(byte[] file) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("work/files"))) {
            for (Path there : files.toList()) {
                if (Files.size(there) == file.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String status(JsonNode found) {
        return found.get("status").asText();
    }
}
