package io.millrace.app.endpoint;

import io.millrace.app.AppException;
import io.millrace.app.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads every endpoint of an app. */
public final class EndpointFolder {
    private EndpointFolder() {}

    /**
     * The endpoints of {@code APP/endpoints/*.sql}, by file name; none when there is no such folder.
     *
     * @throws AppException listing every problem of every file
     */
    public static List<Endpoint> read(Path app) throws IOException {
        if (!Files.isDirectory(app)) {
            throw new AppException(app.toString(), 0, "no such folder: give the folder that holds app.yaml");
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, Endpoint> byShape = new LinkedHashMap<>();
        for (Path path : files(app.resolve("endpoints"))) {
            String file = "endpoints/" + path.getFileName();
            try {
                Endpoint endpoint = EndpointFile.parse(file, Files.readString(path));
                Endpoint first = byShape.putIfAbsent(endpoint.shape(), endpoint);
                if (first != null) {
                    problems.add(new Problem(
                            file, 1, "path '" + endpoint.path() + "' is the one of " + first.file() + ": change one"));
                }
            } catch (AppException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new AppException(problems);
        }
        return List.copyOf(byShape.values());
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.sql")) {
                entries.forEach(files::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Collections.sort(files);
        return files;
    }
}
