package io.millrace.ingestion.media.folder;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder on this machine. Flink's own file system would not do: it cannot list a folder with a colon in one name, and
 * follows every link.
 */
record LocalFolder(Path root) implements Folder {
    private static final String UNREADABLE_NAME = "\uFFFD";

    LocalFolder(URI uri) {
        this(Path.of(uri));
    }

    @Override
    public List<Found> list() throws IOException {
        List<Found> found = new ArrayList<>();
        if (Files.isDirectory(root)) {
            Files.walkFileTree(root, new Visitor(root.toRealPath(), found));
        }
        return found;
    }

    @Override
    public Optional<Version> version(String path) throws IOException {
        try {
            return Optional.of(version(Files.readAttributes(root.resolve(path), BasicFileAttributes.class)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        Path real = root.resolve(path).toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            throw new IOException("it is a link that leaves the folder");
        }
        return Files.newInputStream(real);
    }

    private static Version version(BasicFileAttributes attributes) {
        return new Version(attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    /** Goes through all folders, through no links to others. */
    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path realRoot;
        private final List<Found> found;

        Visitor(Path realRoot, List<Found> found) {
            this.realRoot = realRoot;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean entered = folder.equals(root) || !Folder.isLeftOut(nameOf(folder));
            return entered ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Folder.isLeftOut(nameOf(file))) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                link(file);
            } else if (attributes.isRegularFile()) {
                String path = path(file);
                found.add(
                        path.contains(UNREADABLE_NAME)
                                ? new Found(path, version(attributes), "its name is no UTF-8: rename it")
                                : new Found(path, version(attributes)));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link counts as the file it leads to, as long as that lies in the folder too. */
        private void link(Path link) throws IOException {
            try {
                Path real = link.toRealPath();
                BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
                if (!real.startsWith(realRoot)) {
                    found.add(new Found(path(link), version(attributes), "it is a link that leaves the folder"));
                } else if (attributes.isRegularFile()) {
                    found.add(new Found(path(link), version(attributes)));
                }
            } catch (NoSuchFileException e) {
                // a link to nothing is no file, and may be one at the next listing
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            if (!(failure instanceof NoSuchFileException)) {
                found.add(new Found(path(file) + "/", new Version(0, 0), "it cannot be listed: " + failure));
            }
            return FileVisitResult.CONTINUE;
        }

        private String path(Path file) {
            return root.relativize(file).toString();
        }

        private static String nameOf(Path file) {
            return String.valueOf(file.getFileName());
        }
    }
}
