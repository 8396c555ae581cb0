package io.millrace.reader.image;

import io.millrace.reader.document.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Small JPEGs. */
public final class Thumbnail {
    /** Pixels of the longer side at most. */
    public static final int LONGEST = 256;

    private Thumbnail() {}

    public static Picture of(BufferedImage image) throws IOException {
        BufferedImage small = image;
        // Halved step by step: in one step most pixels would not count.
        while (Math.max(small.getWidth(), small.getHeight()) >= 2 * LONGEST) {
            small = scaled(small, (small.getWidth() + 1) / 2, (small.getHeight() + 1) / 2);
        }
        double factor = Math.min(1.0, LONGEST / (double) Math.max(small.getWidth(), small.getHeight()));
        small = scaled(small, (int) Math.max(1, Math.round(small.getWidth() * factor)), (int)
                Math.max(1, Math.round(small.getHeight() * factor)));
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        if (!ImageIO.write(small, "jpeg", jpeg)) {
            throw new IOException("no JPEG encoder in this Java");
        }
        return new Picture("image/jpeg", small.getWidth(), small.getHeight(), jpeg.toByteArray());
    }

    /** On white: JPEG knows no transparency. */
    private static BufferedImage scaled(BufferedImage image, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
        graphics.dispose();
        return scaled;
    }
}
