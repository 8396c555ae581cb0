package io.millrace.reader.text;

import io.millrace.reader.document.Findings;
import io.millrace.reader.document.ReceivedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** The part of a file that is looked at. */
final class Beginning {
    private Beginning() {}

    /** At most so many bytes; a longer file counts as truncated. */
    static byte[] of(ReceivedFile file, int bytes, Findings findings) throws IOException {
        if (file.sizeBytes() > bytes) {
            findings.truncated();
        }
        try (InputStream in = Files.newInputStream(file.path())) {
            return in.readNBytes(bytes);
        }
    }
}
