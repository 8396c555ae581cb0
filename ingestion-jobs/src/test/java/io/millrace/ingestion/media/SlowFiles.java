package io.millrace.ingestion.media;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The files of this machine as {@code slow:}, a store of Flink's that takes its time to open one. */
public final class SlowFiles implements FileSystemFactory {
    static final String SCHEME = "slow";

    private static final long OPEN_MILLIS = 40;

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new Store();
    }

    private static final class Store extends LocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create(SCHEME + ":///");
        }

        @Override
        public FSDataInputStream open(Path path) throws IOException {
            try {
                Thread.sleep(OPEN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("closed while it opened " + path);
            }
            return super.open(path);
        }
    }
}
