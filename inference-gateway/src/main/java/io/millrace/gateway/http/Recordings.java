package io.millrace.gateway.http;

import io.javalin.http.UploadedFile;
import io.millrace.gateway.provider.Audio;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recordings in files of their own: a call outlives the request that brought it, and heaps are small. */
final class Recordings {
    private static final Logger log = LoggerFactory.getLogger(Recordings.class);

    private Recordings() {}

    static Audio keep(UploadedFile upload) {
        try {
            Path file = Files.createTempFile("millrace-audio", null);
            try (InputStream in = upload.content()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                long size = Files.copy(new DigestInputStream(in, digest), file, StandardCopyOption.REPLACE_EXISTING);
                return new Audio(file, HexFormat.of().formatHex(digest.digest()), size, ending(upload.filename()));
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the recording cannot be kept", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static void delete(Audio audio) {
        try {
            Files.deleteIfExists(audio.file());
        } catch (IOException e) {
            log.warn("recording {} is left over: {}", audio.file(), e.getMessage());
        }
    }

    private static String ending(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ending.matches("[a-z0-9]{1,8}") && name.contains(".") ? ending : "";
    }
}
