package io.millrace.reader.document;

import java.security.CodeSource;

/** Names programs and their versions, for whoever asks what read a file. */
public final class Library {
    private Library() {}

    /** The library a class is from, such as {@code pdfbox 3.0.5}, by the name of its jar. */
    public static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "java " + System.getProperty("java.version");
        }
        String path = source.getLocation().getPath();
        String jar = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
        return jar.replaceFirst("-(?=\\d)", " ");
    }
}
