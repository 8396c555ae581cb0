package io.millrace.reader.image;

import io.millrace.reader.document.Refusal;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** A picture of which only the head is read until it is decoded. */
final class ImageFile implements AutoCloseable {
    private final Path file;
    private final ImageInputStream stream;
    private final ImageReader reader;
    private final int width;
    private final int height;
    private boolean endsEarly;

    private ImageFile(Path file, ImageInputStream stream, ImageReader reader) throws IOException {
        this.file = file;
        this.stream = stream;
        this.reader = reader;
        reader.setInput(stream, true, true);
        width = reader.getWidth(0);
        height = reader.getHeight(0);
    }

    /** @throws Refusal when nothing here decodes it */
    static ImageFile open(Path file) throws IOException {
        ImageInputStream stream = new FileImageInputStream(file.toFile());
        try {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new Refusal(
                        "the picture is of a type that is not decoded: PNG, JPEG, WebP, GIF, BMP and TIFF are");
            }
            return new ImageFile(file, stream, readers.next());
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** @throws Refusal when it has more pixels than that */
    void check(long pixels) throws IOException {
        long most = Math.min(pixels, Decoder.of(reader, file).pixels());
        if ((long) width * height > most) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "the picture has %,d x %,d pixels: pictures of this type are read up to %,d million pixels",
                    width,
                    height,
                    most / 1_000_000));
        }
    }

    /** Decodes every n-th pixel, so that there are at most so many. */
    BufferedImage decode(int pixels) throws IOException {
        int step = 1;
        while (parts(width, step) * parts(height, step) > pixels) {
            step++;
        }
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) ->
                endsEarly |= warning.toLowerCase(Locale.ROOT).contains("premature end"));
        return reader.read(0, parameters);
    }

    private static long parts(int length, int step) {
        return (length + step - 1L) / step;
    }

    /** Whether decoding found that the end of the file is missing. */
    boolean endsEarly() {
        return endsEarly;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
