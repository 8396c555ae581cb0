package io.millrace.reader.image;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** How a decoder works, which says how large a picture may be for it. */
enum Decoder {
    /** Row by row: only the pixels that are kept take memory. */
    ROWS(Long.MAX_VALUE),
    /** Several passes over the whole picture: 3 bytes a pixel and more, outside the heap. */
    PASSES(40_000_000),
    /** All pixels are decoded before some are taken. */
    WHOLE(20_000_000);

    private final long pixels;

    Decoder(long pixels) {
        this.pixels = pixels;
    }

    /** Pixels of a picture at most. */
    long pixels() {
        return pixels;
    }

    static Decoder of(ImageReader reader) throws IOException {
        return switch (reader.getFormatName().toLowerCase(Locale.ROOT)) {
            case "png", "bmp" -> ROWS;
            case "jpeg", "jpg" -> isProgressive(reader.getImageMetadata(0)) ? PASSES : ROWS;
            default -> WHOLE;
        };
    }

    private static boolean isProgressive(IIOMetadata metadata) {
        Element root = (Element) metadata.getAsTree("javax_imageio_jpeg_image_1.0");
        NodeList frames = root.getElementsByTagName("sof");
        return frames.getLength() > 0 && "2".equals(((Element) frames.item(0)).getAttribute("process"));
    }
}
