package io.millrace.reader;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures made for tests. */
final class Pictures {
    static final List<String> RECEIPT = List.of(
            "MILLRACE SHOP",
            "12 Harbour Street, Bristol",
            "Receipt 2026-11-20 14:05",
            "Order number 100234",
            "Oak desk lamp            49.90",
            "Wool blanket grey       89.00",
            "Total EUR               138.90",
            "Paid by card ending 4417",
            "Goods can be returned within 30 days",
            "Thank you for your visit");

    private Pictures() {}

    static BufferedImage lines(List<String> lines, int fontSize) {
        BufferedImage image =
                new BufferedImage(25 * fontSize, (lines.size() * 2 + 2) * fontSize, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.BLACK);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
        for (int i = 0; i < lines.size(); i++) {
            graphics.drawString(lines.get(i), 2 * fontSize, (2 * i + 2) * fontSize);
        }
        graphics.dispose();
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A grey PNG of any size, in a few bytes a row. */
    static byte[] png(int width, int height, int rows) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed, new Deflater(1))) {
            byte[] row = new byte[1 + (width + 7) / 8];
            for (int i = 0; i < rows; i++) {
                deflater.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 1)
                        .array());
        chunk(out, "IDAT", packed.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(content);
        try {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(content.length);
            data.writeBytes(type);
            data.write(content);
            data.writeInt((int) sum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lossless WebP of one colour: its 34 bytes are valid for every size up to 16,384 x 16,384. */
    static byte[] webp(int width, int height) {
        byte[] file = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
        ByteBuffer size = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        size.putInt(21, (size.getInt(21) & 0xf0000000) | (width - 1) | (height - 1) << 14);
        return file;
    }

    /** A JPEG with the tags a camera writes: its model, orientation and place. */
    static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] model = "Lumen 5\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tiff = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x0110, 2, model.length, 100);
        entry(tiff, 0x0112, 3, 1, orientation);
        entry(tiff, 0x8825, 4, 1, 60);
        tiff.putInt(0);
        tiff.position(60);
        tiff.putShort((short) 1);
        entry(tiff, 1, 2, 2, 'N');
        tiff.putInt(0);
        tiff.position(100);
        tiff.put(model);
        byte[] block = tiff.array();
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + block.length + 10);
        out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (block.length + 8));
        out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(block);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
