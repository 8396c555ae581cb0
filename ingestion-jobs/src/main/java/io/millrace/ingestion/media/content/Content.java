package io.millrace.ingestion.media.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.apache.paimon.data.BlobDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file or attachment.
 *
 * @param mediaId their SHA-256 as lower-case hex
 * @param bytes null when they are staged
 * @param staged null when they are in memory
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares contents
record Content(String mediaId, long sizeBytes, byte @Nullable [] bytes, Staging.@Nullable StagedFile staged) {

    /** @return a stream that throws UncheckedIOException when the lake's store fails */
    InputStream open() {
        return staged != null ? new StagedStream(staged) : new ByteArrayInputStream(inMemory());
    }

    /** What a BLOB column of Paimon takes: it tells a descriptor from bytes by its first ones. */
    byte[] forPaimon() {
        return staged != null ? new BlobDescriptor(staged.uri(), 0, sizeBytes).serialize() : inMemory();
    }

    private byte[] inMemory() {
        if (bytes == null) {
            throw new IllegalStateException("content " + mediaId + " is nowhere");
        }
        return bytes;
    }
}
