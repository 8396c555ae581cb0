package io.millrace.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out about each kind of file. */
class KindsTest {
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

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpeg, image/jpeg", "gif, image/gif", "bmp, image/bmp"})
    void pictureIsDescribedWhateverItsNameSays(String format, String mimeType) throws Exception {
        JsonNode found = reader.read(
                Pictures.encoded(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), format), "notes.txt");
        assertThat(found.get("status").asText()).isEqualTo("read");
        assertThat(found.get("kind").asText()).isEqualTo("image");
        assertThat(found.get("mime_type").asText()).isEqualTo(mimeType);
        assertThat(found.get("width").asInt()).isEqualTo(600);
        assertThat(found.get("height").asInt()).isEqualTo(400);
        assertThat(found.get("reason").asText())
                .isEqualTo("words in pictures are not read: there is no text recognition here");
        assertThumbnail(found, 256, 171);
    }

    @Test
    void webpIsDecoded() throws Exception {
        JsonNode found = reader.read(Pictures.webp(300, 200), "");
        assertThat(found.get("mime_type").asText()).isEqualTo("image/webp");
        assertThat(found.get("width").asInt()).isEqualTo(300);
        assertThumbnail(found, 256, 171);
    }

    @Test
    void exifIsGivenWithoutThePlaceAndTurnsThePicture() throws Exception {
        byte[] jpeg = Pictures.encoded(new BufferedImage(300, 100, BufferedImage.TYPE_INT_RGB), "jpeg");
        JsonNode found = reader.read(Pictures.withExif(jpeg, 6), "photo.jpg");
        assertThat(found.get("exif"))
                .hasToString("{\"Model\":\"Lumen 5\",\"Orientation\":\"Right side, top (Rotate 90 CW)\"}");
        assertThat(found.get("width").asInt()).isEqualTo(300);
        assertThumbnail(found, 85, 256);
        assertThat(found.get("reader").asText()).contains("metadata-extractor 2.19.0");
    }

    @Test
    void pdfTextIsExact() throws Exception {
        byte[] pdf = Pdfs.of(document -> {
            document.getDocumentInformation().setTitle("Invoice 7");
            Pdfs.page(document, List.of("Invoice 7 of 20 November 2026", "Order 100234: 138.90 €", "Grüße, 50 % off"));
            Pdfs.page(document, List.of("Second page"));
        });
        JsonNode found = reader.read(pdf, "invoice.pdf");
        assertThat(found.get("kind").asText()).isEqualTo("pdf");
        assertThat(found.get("pages").asInt()).isEqualTo(2);
        assertThat(found.get("title").asText()).isEqualTo("Invoice 7");
        assertThat(found.get("text").asText()).isEqualTo("""
                Invoice 7 of 20 November 2026
                Order 100234: 138.90 €
                Grüße, 50 % off
                Second page""");
        assertThat(found.get("text_from").asText()).isEqualTo("text");
        assertThat(found.get("truncated").asBoolean()).isFalse();
        assertThat(found.get("reader").asText()).contains("pdfbox 3.0.5");
        assertThumbnail(found, 181, 256);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
    void textIsReadInItsCharset(String charset) throws Exception {
        String text = "Die Lampe kam zerbrochen an. Grüße aus Köln, bitte schicken Sie eine neue für 5 €.";
        String marked = charset.startsWith("UTF-16") ? "\uFEFF" + text : text;
        JsonNode found = reader.read(marked.getBytes(Charset.forName(charset)), "note.txt");
        assertThat(found.get("kind").asText()).isEqualTo("text");
        assertThat(found.get("text").asText()).isEqualTo(text);
        assertThat(found.get("language").asText()).isEqualTo("de");
        assertThat(found.get("thumbnail").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|Where is my parcel?",
                "fr|La lampe est arrivée cassée.",
                "es|¿Dónde está mi paquete?",
                "it|Dov'è il mio pacco?",
                "nl|Waar is mijn pakket?",
                "pt|Onde está a minha encomenda?",
                "pl|Gdzie jest moja paczka?",
                "hi|दीपक टूटा हुआ आया, कृपया नया भेजें।",
                "zh|灯到的时候坏了，请寄一个新的。",
                "ja|ランプが壊れて届きました。",
                "null|12345 67890"
            })
    void languageOfAShortTextIsFound(String language, String text) throws Exception {
        JsonNode found = reader.read(text.getBytes(StandardCharsets.UTF_8), "");
        assertThat(found.get("language").asText()).isEqualTo(language);
    }

    @Test
    void mailGivesSubjectPeopleAndItsOwnWords() throws Exception {
        JsonNode found = reader.read(Mails.WITH_ATTACHMENT.getBytes(StandardCharsets.UTF_8), "");
        assertThat(found.get("kind").asText()).isEqualTo("mail");
        assertThat(found.get("mime_type").asText()).isEqualTo("message/rfc822");
        assertThat(found.get("title").asText()).isEqualTo("Lampe für Köln");
        assertThat(found.get("text").asText()).isEqualTo("""
                From: Jörg Example <joerg@example.org>
                To: help@shop.example
                Date: Fri, 20 Nov 2026 09:00:00 +0100

                The lamp arrived broken – order 100234.""");
        assertThat(found.get("truncated").asBoolean()).isFalse();
    }

    @Test
    void mailThatIsOnlyHtmlIsReducedToText() throws Exception {
        String mail = """
                Subject: hi
                From: a@example.org
                Content-Type: text/html; charset=utf-8

                <html><body><script>alert(1)</script><p>The <b>lamp</b></p><p>is broken</p></body></html>
                """;
        JsonNode found = reader.read(mail.getBytes(StandardCharsets.UTF_8), "a.eml");
        assertThat(found.get("text").asText()).isEqualTo("From: a@example.org\n\nThe lamp\nis broken");
    }

    @Test
    void htmlAndSvgGiveTheirWordsAndNothingRuns() throws Exception {
        String html = "<!DOCTYPE html><html><head><title>Returns</title><script>var x = 1;</script></head>"
                + "<body><p>Return it</p><p>within 30 days</p></body></html>";
        JsonNode page = reader.read(html.getBytes(StandardCharsets.UTF_8), "");
        assertThat(page.get("kind").asText()).isEqualTo("text");
        assertThat(page.get("title").asText()).isEqualTo("Returns");
        assertThat(page.get("text").asText()).isEqualTo("Return it\nwithin 30 days");
        String svg = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
                + "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40px\" height=\"30\"><title>Plan</title>"
                + "<script>x()</script><text>Gate &f; 7</text></svg>";
        JsonNode drawing = reader.read(svg.getBytes(StandardCharsets.UTF_8), "");
        assertThat(drawing.get("mime_type").asText()).isEqualTo("image/svg+xml");
        assertThat(drawing.get("kind").asText()).isEqualTo("image");
        assertThat(drawing.get("width").asInt()).isEqualTo(40);
        assertThat(drawing.get("title").asText()).isEqualTo("Plan");
        assertThat(drawing.get("text").asText()).isEqualTo("Gate &f; 7");
    }

    @Test
    void soundIsMeasuredAndLeftPending() throws Exception {
        byte[] samples = new byte[16_000 * 2 * 5 / 2];
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2),
                AudioFileFormat.Type.WAVE,
                wav);
        JsonNode spoken = reader.read(wav.toByteArray(), "note.mp3");
        assertThat(spoken.get("status").asText()).isEqualTo("pending");
        assertThat(spoken.get("reason").asText()).isEqualTo("no transcription yet");
        assertThat(spoken.get("mime_type").asText()).isEqualTo("audio/wav");
        assertThat(spoken.get("seconds").asDouble()).isEqualTo(2.5);
        JsonNode song = reader.read(Sounds.mp3(100), "");
        assertThat(song.get("mime_type").asText()).isEqualTo("audio/mpeg");
        assertThat(song.get("seconds").asDouble()).isEqualTo(2.612);
    }

    @Test
    void emptyAndUnknownFilesAreReadAsNothing() throws Exception {
        for (byte[] file : List.of(new byte[0], new byte[] {0, 1, 2, 3, (byte) 0xfe, 7, 0, 0, 5})) {
            JsonNode found = reader.read(file, "photo.png");
            assertThat(found.get("status").asText()).isEqualTo("read");
            assertThat(found.get("kind").asText()).isEqualTo("other");
            assertThat(found.get("text").asText()).isEmpty();
            assertThat(found.get("size_bytes").asInt()).isEqualTo(file.length);
        }
    }

    private static void assertThumbnail(JsonNode found, int width, int height) throws Exception {
        JsonNode thumbnail = found.get("thumbnail");
        assertThat(thumbnail.get("mime_type").asText()).isEqualTo("image/jpeg");
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(thumbnail.get("image").binaryValue()));
        assertThat(List.of(image.getWidth(), image.getHeight())).isEqualTo(List.of(width, height));
        assertThat(thumbnail.get("width").asInt()).isEqualTo(width);
        assertThat(thumbnail.get("height").asInt()).isEqualTo(height);
    }
}
