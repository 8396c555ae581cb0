package io.millrace.ingestion.media.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A prefix in an object store that Flink knows. */
record StoreFolder(URI root) implements Folder {
    @Override
    public List<Found> list() throws IOException {
        List<Found> found = new ArrayList<>();
        list(FileSystem.get(root), new Path(root), found);
        return found;
    }

    private void list(FileSystem files, Path folder, List<Found> found) throws IOException {
        FileStatus[] entries;
        try {
            entries = files.listStatus(folder);
        } catch (FileNotFoundException e) {
            return;
        }
        for (FileStatus entry : entries == null ? new FileStatus[0] : entries) {
            String name = entry.getPath().getName();
            String path = path(entry.getPath());
            Version version = new Version(entry.getLen(), entry.getModificationTime());
            if (List.of(path.split("/")).contains("..")) {
                found.add(new Found(path, version, "its path holds '..'"));
            } else if (!Folder.isLeftOut(name)) {
                if (entry.isDir()) {
                    list(files, entry.getPath(), found);
                } else {
                    found.add(new Found(path, version));
                }
            }
        }
    }

    private String path(Path file) {
        String path = file.toUri().getPath();
        return path.startsWith(root.getPath()) ? path.substring(root.getPath().length()) : path;
    }

    @Override
    public Optional<Version> version(String path) throws IOException {
        try {
            FileStatus status = FileSystem.get(root).getFileStatus(full(path));
            return Optional.of(new Version(status.getLen(), status.getModificationTime()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return FileSystem.get(root).open(full(path));
    }

    private Path full(String path) throws IOException {
        try {
            return new Path(new URI(root.getScheme(), root.getAuthority(), root.getPath() + path, null, null));
        } catch (URISyntaxException e) {
            throw new IOException("its path is none of the store: " + e.getMessage(), e);
        }
    }
}
