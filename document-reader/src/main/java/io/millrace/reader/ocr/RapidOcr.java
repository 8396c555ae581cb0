package io.millrace.reader.ocr;

import com.benjaminwan.ocrlibrary.OcrResult;
import io.github.mymonstercat.Model;
import io.github.mymonstercat.ocr.InferenceEngine;
import io.github.mymonstercat.ocr.config.HardwareConfig;
import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Library;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * PaddleOCR's PP-OCRv4 models in native code, weights included. It knows English and Chinese: accents of other
 * languages come out as plain letters. Loaded with the first picture.
 */
final class RapidOcr implements Ocr {
    private static final String NAME = Library.of(InferenceEngine.class) + " PP-OCRv4";
    private static final int PADDING = 50;
    /** Pixels of the longer side that text is looked for in: memory grows with their square. */
    private static final int LONGEST_SIDE = 960;

    /** Pictures with a shorter side are looked at twice as large. */
    private static final int SMALL = 1000;

    private static final float BOX_SCORE = 0.5f;
    private static final float BOX = 0.3f;
    private static final float UNCLIP = 1.6f;

    private final Path unpacked;
    private @Nullable InferenceEngine engine;

    private RapidOcr(Path unpacked) {
        this.unpacked = unpacked;
    }

    /** Empty where there is no native library for the machine. */
    static Optional<Ocr> find(Path folder) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        String library = system.contains("linux") && processor.equals("amd64")
                ? "OnnxLinuxX8664LibraryLoader"
                : system.contains("mac")
                        ? processor.equals("aarch64") ? "OnnxMacArm64LibraryLoader" : "OnnxMacX8664LibraryLoader"
                        : "none";
        boolean present = RapidOcr.class.getResource("/io/github/mymonstercat/" + library + ".class") != null;
        return present ? Optional.of(new RapidOcr(folder)) : Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean read(BufferedImage image, Path folder, BoundedText text) throws IOException {
        InferenceEngine loaded = engine;
        if (loaded == null) {
            loaded = load();
            engine = loaded;
        }
        Path file = Files.createTempFile(folder, "ocr-", ".bmp");
        try {
            int longest = Math.max(image.getWidth(), image.getHeight());
            // Between small letters it loses the spaces.
            int factor = longest < SMALL ? 2 : 1;
            ImageIO.write(opaque(image, factor), "bmp", file.toFile());
            int side = Math.min(LONGEST_SIDE, longest * factor);
            // Not runOcr, which writes the text into the log.
            OcrResult result = loaded.detect(file.toString(), PADDING, side, BOX_SCORE, BOX, UNCLIP, false, false);
            List<Lines.Piece> pieces = result == null
                    ? List.of()
                    : result.getTextBlocks().stream().flatMap(Lines.Piece::of).toList();
            text.append(Lines.of(pieces));
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The library unpacks itself below the folder for temporary files, by the property's value at its first use. */
    private InferenceEngine load() throws IOException {
        String before = System.getProperty("java.io.tmpdir");
        Path blank = Files.createTempFile(unpacked, "blank-", ".bmp");
        try {
            System.setProperty("java.io.tmpdir", unpacked.toString());
            ImageIO.write(opaque(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), 1), "bmp", blank.toFile());
            InferenceEngine loading = InferenceEngine.getInstance(Model.ONNX_PPOCR_V4, new HardwareConfig(1, -1));
            loading.runOcr(blank.toString());
            loading.initLogger(false, false, false);
            return loading;
        } finally {
            System.setProperty("java.io.tmpdir", before);
            Files.deleteIfExists(blank);
        }
    }

    private static BufferedImage opaque(BufferedImage image, int factor) {
        int width = image.getWidth() * factor;
        int height = image.getHeight() * factor;
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = copy.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        return copy;
    }
}
