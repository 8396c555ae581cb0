package io.millrace.app;

/**
 * One thing wrong in an app file.
 *
 * @param file path as the author knows it, relative to the app folder
 * @param line 1-based; 0 when the whole file is meant
 * @param message what is wrong and how to fix it
 */
public record Problem(String file, int line, String message) {
    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + ": " + message;
    }
}
