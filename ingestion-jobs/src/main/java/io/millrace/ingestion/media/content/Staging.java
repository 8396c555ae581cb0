package io.millrace.ingestion.media.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Where one reader puts contents too large for memory until the lake has them. Each reader has a folder of its own, and
 * empties it when it starts: what a crash left there is read again from its source.
 *
 * @param uri of all readers of a source, with a slash at its end
 */
public record Staging(String uri, int reader) {
    /** A content that lies on the lake's store. */
    record StagedFile(String uri) {
        InputStream open() throws IOException {
            return fileSystem(uri).open(path(uri));
        }
    }

    /** A place for one content; nobody else has it. */
    StagedFile newFile() {
        return new StagedFile(uri + reader + "/" + UUID.randomUUID());
    }

    OutputStream create(StagedFile file) throws IOException {
        return fileSystem(uri).create(path(file.uri()), FileSystem.WriteMode.NO_OVERWRITE);
    }

    public void delete(String file) throws IOException {
        fileSystem(uri).delete(path(file), false);
    }

    /** Removes what this reader's predecessor left, and the first reader also what readers beyond their number left. */
    public void sweep(int readers) throws IOException {
        FileSystem files = fileSystem(uri);
        files.delete(path(uri + reader), true);
        Path root = path(uri);
        if (reader == 0 && files.exists(root)) {
            for (FileStatus left : files.listStatus(root)) {
                String name = left.getPath().getName();
                if (name.matches("\\d{1,9}") && Integer.parseInt(name) >= readers) {
                    files.delete(left.getPath(), true);
                }
            }
        }
    }

    private static FileSystem fileSystem(String uri) throws IOException {
        return FileSystem.get(URI.create(uri));
    }

    private static Path path(String uri) {
        return new Path(URI.create(uri));
    }
}
