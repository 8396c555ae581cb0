package io.millrace.lake;

import java.io.IOException;
import java.io.InputStream;

/** What one file held: known by its SHA-256, read from the lake piece by piece. */
public final class Content {
    private final Contents contents;
    private final String mediaId;
    private final long sizeBytes;

    Content(Contents contents, String mediaId, long sizeBytes) {
        this.contents = contents;
        this.mediaId = mediaId;
        this.sizeBytes = sizeBytes;
    }

    /** SHA-256 of the bytes, in lower-case hexadecimal. */
    public String mediaId() {
        return mediaId;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * The bytes from an offset on, never held in memory as a whole; ends after {@code lengthBytes} of them.
     *
     * @throws IOException when the lake has lost them, or cannot be reached
     */
    public InputStream read(long offset, long lengthBytes) throws IOException {
        if (offset < 0 || lengthBytes < 0 || lengthBytes > sizeBytes - offset) {
            throw new IndexOutOfBoundsException("content " + mediaId + " has " + sizeBytes + " bytes: no " + lengthBytes
                    + " from " + offset + " on");
        }
        return contents.read(mediaId, offset, lengthBytes);
    }
}
