package io.millrace.reader;

import io.millrace.reader.document.ReceivedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where files lie while they are read. */
record WorkFolder(Path files, Path engines) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Makes the folder, and removes what a predecessor that was killed left there. */
    static WorkFolder open(Path folder) throws IOException {
        WorkFolder made = new WorkFolder(
                Files.createDirectories(folder.resolve("files")), Files.createDirectories(folder.resolve("engines")));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(made.files)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        return made;
    }

    /**
     * Stores what is sent; beyond the limit it is only counted, so that the sender can be told.
     *
     * @return a file of more bytes than the limit when that many were sent
     */
    ReceivedFile receive(InputStream sent, long limit) throws IOException {
        Path file = Files.createTempFile(files, "file-", "");
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = sent.read(buffer); read >= 0; read = sent.read(buffer)) {
                size += read;
                if (size <= limit) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new ReceivedFile(file, size);
    }
}
