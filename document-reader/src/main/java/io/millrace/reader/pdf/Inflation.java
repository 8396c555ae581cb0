package io.millrace.reader.pdf;

import io.millrace.reader.document.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks every packed stream of a PDF without keeping any of it: PDFBox keeps them whole, in memory. */
final class Inflation {
    private static final long MOST_BYTES = 64L << 20;
    private static final byte[] MARK = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int DEFLATE = 8;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final FileChannel file;
    private final ByteBuffer packed = ByteBuffer.allocate(BUFFER_BYTES);
    private final byte[] unpacked = new byte[BUFFER_BYTES];

    private Inflation(FileChannel file) {
        this.file = file;
    }

    /** @throws Refusal when a stream unpacks to more than is read */
    static void check(Path path) throws IOException, InterruptedException {
        try (FileChannel file = FileChannel.open(path);
                InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES)) {
            Inflation inflation = new Inflation(file);
            int matched = 0;
            long position = 0;
            for (int read = in.read(); read >= 0; read = in.read()) {
                position++;
                matched = read == MARK[matched] ? matched + 1 : read == MARK[0] ? 1 : 0;
                if (matched == MARK.length) {
                    matched = 0;
                    inflation.unpack(position);
                }
            }
        }
    }

    /** Most marks are the ends of streams, or begin streams that are packed otherwise. */
    private void unpack(long mark) throws IOException, InterruptedException {
        long position = mark;
        read(position);
        while (packed.hasRemaining() && packed.position() < 3 && (packed.get(packed.position()) & 0xff) <= ' ') {
            packed.get();
        }
        if (!packed.hasRemaining() || (packed.get(packed.position()) & 0x0f) != DEFLATE) {
            return;
        }
        position += packed.limit();
        long size = 0;
        Inflater inflater = new Inflater();
        try {
            while (!inflater.finished() && packed.hasRemaining()) {
                inflater.setInput(packed);
                for (int more = inflater.inflate(unpacked); more > 0; more = inflater.inflate(unpacked)) {
                    size += more;
                    if (size > MOST_BYTES) {
                        throw new Refusal("a stream in the PDF unpacks to more than " + (MOST_BYTES >> 20) + " MB");
                    }
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                read(position);
                position += packed.limit();
            }
        } catch (DataFormatException e) {
            // Not packed after all, or damaged: PDFBox says which.
        } finally {
            inflater.end();
        }
    }

    private void read(long position) throws IOException {
        packed.clear();
        file.read(packed, position);
        packed.flip();
    }
}
