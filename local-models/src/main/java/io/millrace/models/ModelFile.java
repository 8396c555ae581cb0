package io.millrace.models;

import io.millrace.service.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks at a model's file before native code does, which would end the program over a wrong one. */
final class ModelFile {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private ModelFile() {}

    /** @throws SettingsException when it is not a GGUF file */
    static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingsException("chatModel " + file + ": no such file — .mvn/fetch-packages.py fetches it, "
                    + "or give another GGUF file with 'chatModel'");
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new SettingsException(
                        "chatModel " + file + " is not a GGUF file: delete it and fetch it again with "
                                + ".mvn/fetch-packages.py, or give another file with 'chatModel'");
            }
        } catch (IOException e) {
            throw new SettingsException("chatModel " + file + " cannot be read: " + e.getMessage());
        }
    }
}
