package io.millrace.app;

import java.util.List;

/** Reads {@code inbox: {folder: inbox/}} of app.yaml. */
final class FolderSource {
    private static final List<String> SCHEMES = List.of("file:/", "s3:/", "s3a:/");

    private FolderSource() {}

    static Source.Folder parse(String name, YamlMap yaml) {
        yaml.allow("folder");
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
        return new Source.Folder(name, folder.endsWith("/") ? folder : folder + "/");
    }

    static boolean isUri(String folder) {
        return SCHEMES.stream().anyMatch(folder::startsWith);
    }
}
