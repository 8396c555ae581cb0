package io.millrace.reader.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.Tag;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import io.millrace.reader.document.BoundedText;
import io.millrace.reader.document.Findings;
import io.millrace.reader.document.Library;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a camera wrote into a picture, except where it was taken. */
final class Exif {
    private static final int MOST_TAGS = 64;
    private static final int LONGEST_VALUE = 200;
    private static final int UPRIGHT = 1;

    private final int orientation;

    private Exif(int orientation) {
        this.orientation = orientation;
    }

    /** Adds the tags to the findings. A picture whose tags are damaged has none. */
    static Exif of(Path file, Findings findings) throws IOException {
        Metadata metadata;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            metadata = metadata(in);
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return new Exif(UPRIGHT);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Directory directory : metadata.getDirectories()) {
            // Others hold the place, and makers' notes whatever their maker likes.
            if (directory instanceof ExifIFD0Directory || directory instanceof ExifSubIFDDirectory) {
                directory.getTags().forEach(tag -> add(tag, values));
            }
        }
        if (!values.isEmpty()) {
            findings.exif(values);
            findings.reader(Library.of(Metadata.class));
        }
        ExifIFD0Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        Integer turned = main == null ? null : main.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return new Exif(turned == null ? UPRIGHT : turned);
    }

    private static Metadata metadata(InputStream in) throws ImageProcessingException, IOException {
        in.mark(2);
        boolean jpeg = in.read() == 0xff && in.read() == 0xd8;
        in.reset();
        in.mark(12);
        boolean webp = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("RIFF");
        in.reset();
        if (jpeg) {
            return JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
        }
        return webp ? WebpMetadataReader.readMetadata(in) : new Metadata();
    }

    private static void add(Tag tag, Map<String, String> values) {
        String name = tag.getTagName();
        String lower = name.toLowerCase(Locale.ROOT);
        String value = tag.getDescription();
        if (value == null
                || values.size() >= MOST_TAGS
                || tag.getTagType() == ExifDirectoryBase.TAG_MAKERNOTE
                || lower.contains("gps")
                || lower.contains("location")
                || !tag.hasTagName()) {
            return;
        }
        values.put(name, new BoundedText(LONGEST_VALUE).append(value).toString().replace("\0", ""));
    }

    /** The picture as it is looked at. */
    BufferedImage upright(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        AffineTransform turn =
                switch (orientation) {
                    case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
                    case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
                    case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
                    case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
                    case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
                    case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
                    case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
                    default -> new AffineTransform();
                };
        if (turn.isIdentity()) {
            return image;
        }
        boolean lying = orientation >= 5;
        BufferedImage turned =
                new BufferedImage(lying ? height : width, lying ? width : height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = turned.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, turned.getWidth(), turned.getHeight());
        graphics.drawImage(image, turn, null);
        graphics.dispose();
        return turned;
    }
}
