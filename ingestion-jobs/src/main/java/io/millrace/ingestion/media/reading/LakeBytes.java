package io.millrace.ingestion.media.reading;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.BlobDescriptor;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.utils.UriReader;
import org.jspecify.annotations.Nullable;

/** Streams a content out of the lake, never whole in memory, and tells its own failures from the receiver's. */
final class LakeBytes {
    private final FileIO files;
    private final BlobDescriptor descriptor;
    private volatile @Nullable IOException failure;

    LakeBytes(FileIO files, StoredContent content) {
        this.files = files;
        descriptor = BlobDescriptor.deserialize(content.descriptor());
    }

    /** How files of the lake are opened, on any machine. */
    record Source(FileIO files) implements Serializable {
        LakeBytes of(StoredContent content) {
            return new LakeBytes(files, content);
        }
    }

    /** The bytes as the body of a request, from their beginning each time it is sent. */
    BodyPublisher body() {
        return HttpRequest.BodyPublishers.ofInputStream(this::open);
    }

    /** What went wrong in the lake, not with the receiver; null for nothing. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private InputStream open() {
        try {
            return new Watched(
                    Blob.fromDescriptor(UriReader.fromFile(files), descriptor).newInputStream());
        } catch (IOException e) {
            failure = e;
            throw new UncheckedIOException(e);
        }
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
