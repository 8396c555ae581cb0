package io.millrace.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.reader.RunningReader.ReaderClient;
import io.millrace.reader.ocr.OcrChoice;
import io.millrace.service.SettingsException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words in pictures, by each engine that is here. */
class OcrTest {
    @TempDir
    static Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rapidocr", "tesseract"})
    void receiptIsReadInPicturesAndScannedPages(String engine) throws Exception {
        assumeTrue(isHere(engine), engine + " is not installed");
        byte[] scanned = Pdfs.of(pdf -> {
            Pdfs.page(pdf, List.of("Cover"));
            Pdfs.scan(pdf, Pictures.lines(Pictures.RECEIPT, 40));
            Pdfs.scan(pdf, Pictures.lines(List.of("later"), 40));
        });
        try (ChildReader child = ChildReader.start(folder, "maxOcrPages: 1\nocr: " + engine)) {
            ReaderClient reader = child.client();
            assertThat(reader.get("/health").body())
                    .contains("\"status\":\"ready\"")
                    .contains("\"ocr\":\"" + engine);
            JsonNode receipt = reader.read(Pictures.encoded(Pictures.lines(Pictures.RECEIPT, 22), "png"), "");
            assertThat(share(receipt.get("text").asText())).isGreaterThanOrEqualTo(0.95);
            assertThat(receipt.get("text").asText()).contains("100234");
            assertThat(receipt.get("text_from").asText()).isEqualTo("ocr");
            assertThat(receipt.get("language").asText()).isEqualTo("en");
            byte[] lying = Pictures.encoded(turned(Pictures.lines(Pictures.RECEIPT, 22)), "jpeg");
            assertThat(share(reader.read(Pictures.withExif(lying, 6), "")
                            .get("text")
                            .asText()))
                    .as("a photo that was taken lying")
                    .isGreaterThanOrEqualTo(0.95);
            JsonNode pages = reader.read(scanned, "");
            assertThat(pages.get("text").asText()).startsWith("Cover\n").doesNotContain("later");
            assertThat(share(pages.get("text").asText())).isGreaterThanOrEqualTo(0.95);
            assertThat(pages.get("truncated").asBoolean())
                    .as("the second scan is beyond the limit")
                    .isTrue();
            assertThat(pages.get("reader").asText()).contains(engine);
        }
    }

    private static boolean isHere(String engine) {
        try {
            OcrChoice.of(engine, folder);
            return true;
        } catch (SettingsException e) {
            return false;
        }
    }

    /** Of the receipt's words. */
    private static double share(String text) {
        List<String> found = Arrays.asList(text.split("\\s+"));
        List<String> words = Arrays.asList(String.join(" ", Pictures.RECEIPT).split("\\s+"));
        return words.stream().filter(found::contains).count() / (double) words.size();
    }

    /** As a camera stores what it takes lying. */
    private static BufferedImage turned(BufferedImage image) {
        int lying = image.getHeight();
        int standing = image.getWidth();
        BufferedImage turned = new BufferedImage(lying, standing, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < standing; x++) {
            for (int y = 0; y < lying; y++) {
                turned.setRGB(y, standing - 1 - x, image.getRGB(x, y));
            }
        }
        return turned;
    }
}
