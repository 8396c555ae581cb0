package io.millrace.reader.ocr;

import com.benjaminwan.ocrlibrary.OcrResult;
import io.github.mymonstercat.Model;
import io.github.mymonstercat.ocr.InferenceEngine;
import io.github.mymonstercat.ocr.config.HardwareConfig;
import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Library;
import java.awt.Color;
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
    private static final int LONGEST_SIDE = 1280;

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
            ImageIO.write(opaque(image), "bmp", file.toFile());
            int side = Math.min(LONGEST_SIDE, Math.max(image.getWidth(), image.getHeight()));
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
            ImageIO.write(opaque(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB)), "bmp", blank.toFile());
            InferenceEngine loading = InferenceEngine.getInstance(Model.ONNX_PPOCR_V4, new HardwareConfig(1, -1));
            loading.runOcr(blank.toString());
            loading.initLogger(false, false, false);
            return loading;
        } finally {
            System.setProperty("java.io.tmpdir", before);
            Files.deleteIfExists(blank);
        }
    }

    private static BufferedImage opaque(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        var graphics = copy.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        return copy;
    }
}
