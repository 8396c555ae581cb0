package io.millrace.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code inbox: {folder: inbox/}} of app.yaml. */
final class FolderSource {
    private static final List<String> SCHEMES = List.of("file:/", "s3:/", "s3a:/");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private FolderSource() {}

    static Source.Folder parse(String name, YamlMap yaml) {
        yaml.allow("folder");
        if (!NAME.matcher(name).matches()) {
            throw yaml.error(
                    yaml.line("folder"),
                    "source '" + name + "' is a folder and its name is part of paths: use letters, digits, - and _");
        }
        String folder = yaml.text("folder");
        int line = yaml.line("folder");
        if (folder.isBlank()) {
            throw yaml.error(line, "folder of source '" + name + "' is empty: write 'folder: " + name + "/'");
        }
        if (List.of(folder.split("[/\\\\]")).contains("..")) {
            throw yaml.error(
                    line,
                    "folder '" + folder + "' holds '..': name a folder inside the data folder,"
                            + " or another one in full, like file:///srv/" + name + "/");
        }
        if (folder.startsWith("/")) {
            throw yaml.error(line, "folder '" + folder + "' is a path of a machine: write file://" + folder);
        }
        if (folder.contains(":") && !isUri(folder)) {
            throw yaml.error(
                    line, "folder '" + folder + "' is on no store that is known: use file:///, s3:// or s3a://");
        }
        if (isUri(folder)) {
            check(folder, yaml);
        }
        return new Source.Folder(name, folder.endsWith("/") ? folder : folder + "/");
    }

    private static void check(String uri, YamlMap yaml) {
        try {
            new URI(uri);
        } catch (URISyntaxException e) {
            throw yaml.error(
                    yaml.line("folder"),
                    "folder '" + uri + "' is no URI: " + e.getReason() + "; a space is written %20");
        }
    }

    static boolean isUri(String folder) {
        return SCHEMES.stream().anyMatch(folder::startsWith);
    }
}
