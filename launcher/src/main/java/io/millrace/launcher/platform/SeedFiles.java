package io.millrace.launcher.platform;

import io.millrace.lake.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.fs.FileIO;

/** Puts the demo's files where an app watches for files, once. */
final class SeedFiles {
    /** Hidden names are no files of the app. */
    private static final String MARK = ".seeded";

    private SeedFiles() {}

    /**
     * Makes the watched folder, and copies what is below the seed folder into it, if there is one.
     *
     * @param target URI of the watched folder
     * @return whether files were copied; false when they were there already
     */
    static boolean copyOnce(Optional<Path> given, Warehouse store, String target) throws IOException {
        FileIO files = store.files(target);
        org.apache.paimon.fs.Path folder = new org.apache.paimon.fs.Path(target);
        files.mkdirs(folder);
        org.apache.paimon.fs.Path mark = new org.apache.paimon.fs.Path(folder, MARK);
        if (given.isEmpty() || files.exists(mark)) {
            return false;
        }
        Path seed = given.get();
        for (Path file : files(seed)) {
            String name = seed.relativize(file).toString().replace('\\', '/');
            try (InputStream in = Files.newInputStream(file);
                    OutputStream out = files.newOutputStream(new org.apache.paimon.fs.Path(folder, name), true)) {
                in.transferTo(out);
            }
        }
        files.overwriteFileUtf8(mark, "the files of " + seed.getFileName() + " were copied");
        return true;
    }

    private static List<Path> files(Path seed) throws IOException {
        try (Stream<Path> files = Files.walk(seed)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
