package io.millrace.ingestion.media.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.paimon.data.BlobDescriptor;
import org.apache.paimon.data.BlobViewStruct;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the contents of one file and of what it holds. All of them together keep at most {@link #MEMORY_BYTES} in
 * memory; the others are staged.
 */
final class Intake {
    static final int MEMORY_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 64 << 10;

    private final Staging staging;
    private final long maxBytes;
    private final List<String> staged = new ArrayList<>();
    private int memoryLeft = MEMORY_BYTES;

    Intake(Staging staging, long maxBytes) {
        this.staging = staging;
        this.maxBytes = maxBytes;
    }

    /** Everything that was staged so far. */
    List<String> staged() {
        return List.copyOf(staged);
    }

    /**
     * Reads the stream to its end.
     *
     * @throws Refusal when it holds more than the limit
     * @throws IOException when it cannot be read
     * @throws UncheckedIOException when the lake's store cannot be written
     */
    Content take(InputStream in) throws IOException, Refusal {
        MessageDigest digest = sha256();
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        Staging.StagedFile file = null;
        long size = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Copy copy = new Copy()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw new Refusal("it holds more than " + maxBytes + " bytes");
                }
                if (Thread.interrupted()) {
                    throw new UncheckedIOException(new InterruptedIOException("the reader is closed"));
                }
                digest.update(buffer, 0, read);
                if (file == null && memory.size() + read > memoryLeft) {
                    file = copy.begin(memory);
                }
                if (file == null) {
                    memory.write(buffer, 0, read);
                } else {
                    copy.write(buffer, read);
                }
            }
            if (file == null && looksLikeAReference(memory)) {
                file = copy.begin(memory);
            }
        }
        String mediaId = HexFormat.of().formatHex(digest.digest());
        if (file != null) {
            return new Content(mediaId, size, null, file);
        }
        memoryLeft -= memory.size();
        return new Content(mediaId, size, memory.toByteArray(), null);
    }

    /** Paimon would follow such bytes to the file they name, whichever it is, and store that one's. */
    private static boolean looksLikeAReference(ByteArrayOutputStream memory) {
        byte[] bytes = memory.toByteArray();
        return BlobDescriptor.isBlobDescriptor(bytes) || BlobViewStruct.isBlobViewStruct(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes one staged file; what goes wrong here is no fault of what is read. */
    private final class Copy implements AutoCloseable {
        private @Nullable OutputStream out;

        Staging.StagedFile begin(ByteArrayOutputStream read) {
            Staging.StagedFile file = staging.newFile();
            staged.add(file.uri());
            try {
                out = staging.create(file);
                read.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException("staging of " + file.uri() + " failed", e);
            }
            return file;
        }

        void write(byte[] buffer, int length) {
            try {
                if (out != null) {
                    out.write(buffer, 0, length);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("staging of a content failed", e);
            }
        }

        @Override
        public void close() {
            try {
                if (out != null) {
                    out.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("staging of a content failed", e);
            }
        }
    }
}
