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
            description =
                    "Folder that holds everything the platform keeps (default: MILLRACE_DATA, else data in the checkout).")
    private @Nullable Path data;

    DataFolder folder() {
        if (data != null) {
            return new DataFolder(data);
        }
        String otherwise = System.getenv("MILLRACE_DATA");
        return new DataFolder(
                otherwise == null ? Path.of(System.getProperty("millrace.home", "."), "data") : Path.of(otherwise));
    }
}
