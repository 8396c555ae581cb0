package io.millrace.launcher.command;

import io.millrace.launcher.layout.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which platform a command means. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that holds everything the platform keeps (default: data in the checkout).")
    private @Nullable Path data;

    DataFolder folder() {
        return new DataFolder(data == null ? Path.of(System.getProperty("millrace.home", "."), "data") : data);
    }
}
