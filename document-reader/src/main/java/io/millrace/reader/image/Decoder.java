package io.millrace.reader.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageReader;

/** How a decoder works, which says how large a picture may be for it. */
enum Decoder {
    /** Row by row: only the pixels that are kept take memory. */
    ROWS(Long.MAX_VALUE),
    /** Several passes over the whole picture: 3 bytes a pixel and more, outside the heap. */
    PASSES(40_000_000),
    /** All pixels are decoded before some are taken. */
    WHOLE(16_000_000);

    private static final int START_OF_SCAN = 0xffda;
    private static final Set<Integer> PROGRESSIVE_FRAMES = Set.of(0xffc2, 0xffc6, 0xffca, 0xffce);

    private final long pixels;

    Decoder(long pixels) {
        this.pixels = pixels;
    }

    /** Pixels of a picture at most. */
    long pixels() {
        return pixels;
    }

    static Decoder of(ImageReader reader, Path file) throws IOException {
        return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
            case "png", "bmp" -> ROWS;
            case "jpeg", "jpg" -> isProgressive(file) ? PASSES : ROWS;
            default -> WHOLE;
        };
    }

    /** By the marker of its frame: ImageIO's metadata fails where a camera's tags stand before its own. */
    private static boolean isProgressive(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.readUnsignedShort();
            while (true) {
                int marker = in.readUnsignedShort();
                if (marker >>> 8 != 0xff || marker == START_OF_SCAN) {
                    return false;
                }
                if (PROGRESSIVE_FRAMES.contains(marker)) {
                    return true;
                }
                in.skipNBytes(Math.max(0, in.readUnsignedShort() - 2));
            }
        } catch (EOFException e) {
            return false;
        }
    }
}
