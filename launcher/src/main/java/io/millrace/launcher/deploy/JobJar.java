package io.millrace.launcher.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job jar and the hash of its bytes, by which a change is seen. */
public record JobJar(Path path, String sha256) {
    public static JobJar of(Path path) throws IOException {
        return new JobJar(path, Sha256.hex(Files.readAllBytes(path)));
    }

    /** Its name on the cluster; another one for other bytes. */
    String uploadName() {
        return path.getFileName().toString().replace(".jar", "-" + sha256.substring(0, 12) + ".jar");
    }
}
