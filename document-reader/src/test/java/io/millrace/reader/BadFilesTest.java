package io.millrace.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, hostile or too large: each is refused with its reason or read as far as it goes. */
class BadFilesTest {
    @TempDir
    static Path folder;

    private static RunningReader reader;

    @BeforeAll
    static void start() {
        reader = RunningReader.start(RunningReader.settings(folder, "none"));
    }

    @AfterAll
    static void stop() {
        reader.close();
    }

    @Test
    void hugePictureIsRefusedByItsHead() throws Exception {
        JsonNode found = reader.read(Pictures.png(50_000, 50_000, 10), "huge.png");
        assertRefused(
                found,
                "the picture has 50,000 x 50,000 pixels: pictures of this type are read up to 100 million pixels");
        assertThat(found.get("width").asInt()).isEqualTo(50_000);
        assertRefused(
                reader.read(Pictures.webp(16_000, 16_000), ""),
                "the picture has 16,000 x 16,000 pixels: pictures of this type are read up to 16 million pixels");
    }

    @Test
    void cutPictureIsRefusedOrReadAsFarAsItGoes() throws Exception {
        BufferedImage image = Pictures.lines(Pictures.RECEIPT, 20);
        byte[] png = Pictures.encoded(image, "png");
        JsonNode refused = reader.read(Arrays.copyOf(png, png.length / 2), "");
        assertRefusedWith(refused, "the image/png image is damaged: ");
        assertThat(refused.get("width").asInt()).isEqualTo(500);
        byte[] jpeg = Pictures.encoded(image, "jpeg");
        JsonNode partly = reader.read(Arrays.copyOf(jpeg, jpeg.length / 2), "");
        assertThat(partly.get("status").asText()).isEqualTo("read");
        assertThat(partly.get("truncated").asBoolean()).isTrue();
        assertThat(partly.get("thumbnail").get("width").asInt()).isPositive();
        assertRefusedWith(reader.read(Arrays.copyOf(jpeg, 100), ""), "the image/jpeg image is damaged: ");
    }

    @Test
    void encryptedPdfIsRefused() throws Exception {
        assertRefused(reader.read(Pdfs.encrypted(), ""), "the PDF is encrypted: it takes a password to read it");
    }

    @Test
    void cutPdfIsRefused() throws Exception {
        byte[] pdf = Pdfs.of(document -> Pdfs.page(document, Pictures.RECEIPT));
        assertRefusedWith(reader.read(Arrays.copyOf(pdf, 300), ""), "the PDF is damaged: ");
    }

    @Test
    void scriptInAPdfIsNotRun() throws Exception {
        JsonNode found = reader.read(Pdfs.withScript(), "");
        assertThat(found.get("status").asText()).isEqualTo("read");
        assertThat(found.get("text").asText()).isEqualTo("scripted");
    }

    @Test
    void pdfOfManyPagesIsReadToTheLimit() throws Exception {
        byte[] pdf = Pdfs.of(document -> {
            Pdfs.page(document, List.of("the first page"));
            for (int i = 1; i < 10_000; i++) {
                document.addPage(new PDPage());
            }
        });
        JsonNode found = reader.read(pdf, "");
        assertThat(found.get("status").asText()).isEqualTo("read");
        assertThat(found.get("pages").asInt()).isEqualTo(10_000);
        assertThat(found.get("text").asText()).isEqualTo("the first page");
        assertThat(found.get("truncated").asBoolean()).isTrue();
    }

    @Test
    void streamThatUnpacksToTooMuchIsRefused() throws Exception {
        byte[] pdf = Pdfs.repeated(" ".repeat(1 << 20), 100);
        assertThat(pdf.length).isLessThan(200_000);
        assertRefused(reader.read(pdf, ""), "a stream in the PDF unpacks to more than 64 MB");
    }

    @Test
    void archiveStaysPacked() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("zeros"));
            for (int i = 0; i < 100; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        JsonNode found = reader.read(zip.toByteArray(), "invoice.pdf");
        assertThat(found.get("status").asText()).isEqualTo("read");
        assertThat(found.get("kind").asText()).isEqualTo("other");
        assertThat(found.get("mime_type").asText()).isEqualTo("application/zip");
        assertThat(found.get("text").asText()).isEmpty();
    }

    @Test
    void mailNestedDeepIsReadAsFarAsItGoes() throws Exception {
        JsonNode parts = reader.read(Mails.nested(50).getBytes(StandardCharsets.UTF_8), "");
        assertThat(parts.get("kind").asText()).isEqualTo("mail");
        assertThat(parts.get("title").asText()).isEqualTo("nested");
        assertThat(parts.get("text").asText()).contains("level 0", "level 19").doesNotContain("level 20", "innermost");
        assertThat(parts.get("truncated").asBoolean()).isTrue();
        JsonNode mails = reader.read(Mails.forwarded(50).getBytes(StandardCharsets.UTF_8), "");
        assertThat(mails.get("status").asText()).isEqualTo("read");
        assertThat(mails.get("title").asText()).isEqualTo("forward 0");
    }

    @Test
    void longTextIsCutBetweenCharacters() throws Exception {
        JsonNode found = reader.read(("x" + "\uD83D\uDE00".repeat(30_000)).getBytes(StandardCharsets.UTF_8), "");
        assertThat(found.get("text").asText()).isEqualTo("x" + "\uD83D\uDE00".repeat(24_999));
        assertThat(found.get("truncated").asBoolean()).isTrue();
    }

    @Test
    void htmlNestedDeepIsRead() throws Exception {
        JsonNode found =
                reader.read(("<html><body>" + "<div>".repeat(200_000) + "deep").getBytes(StandardCharsets.UTF_8), "");
        assertThat(found.get("status").asText()).isEqualTo("read");
        assertThat(found.get("text").asText()).isEqualTo("deep");
    }

    @Test
    void brokenSoundIsRefused() throws Exception {
        byte[] head = "RIFF\0\0\0\0WAVEjunk".getBytes(StandardCharsets.US_ASCII);
        assertRefusedWith(reader.read(head, ""), "the audio/wav audio is damaged: ");
        JsonNode cut = reader.read(Arrays.copyOf(Sounds.mp3(100), 20_000), "");
        assertThat(cut.get("status").asText()).isEqualTo("pending");
        assertThat(cut.get("truncated").asBoolean()).isTrue();
    }

    @Test
    void fileBeyondTheLimitIsRefusedAndNothingOfItIsKept() throws Exception {
        assertRefused(
                reader.read(new byte[20_000_001], ""),
                "the file has 20000001 bytes: files of up to 20000000 bytes are read");
        try (var left = Files.list(folder.resolve("files"))) {
            assertThat(left).isEmpty();
        }
    }

    private static void assertRefused(JsonNode found, String reason) {
        assertThat(found.get("reason").asText()).isEqualTo(reason);
        assertThat(found.get("status").asText()).isEqualTo("refused");
    }

    private static void assertRefusedWith(JsonNode found, String beginning) {
        assertThat(found.get("reason").asText()).startsWith(beginning);
        assertThat(found.get("status").asText()).isEqualTo("refused");
    }
}
