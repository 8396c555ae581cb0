package io.millrace.launcher.layout;

import io.millrace.launcher.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one folder that holds everything a platform keeps: remove it and the platform is new. */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    public Path of(String program) {
        return create(root.resolve(program));
    }

    public Path lake() {
        return create(root.resolve("lake"));
    }

    public String warehouse() {
        return lake().toUri().toString();
    }

    public Path logs() {
        return create(root.resolve("logs"));
    }

    public Path run() {
        return create(root.resolve("run"));
    }

    public Path deployments() {
        return create(root.resolve("deployments"));
    }

    public Path temporary(String program) {
        return create(root.resolve("tmp").resolve(program));
    }

    public Path stateFile() {
        return root.resolve("run").resolve("platform.json");
    }

    public Path secretsFile() {
        return root.resolve("secrets.env");
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError("folder " + folder + " cannot be made: " + e + "; give another with --data");
        }
    }
}
