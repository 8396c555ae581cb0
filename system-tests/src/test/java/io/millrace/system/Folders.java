package io.millrace.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of app folders that a test may change. */
final class Folders {
    private Folders() {}

    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return to;
    }

    /**
     * The shop, whose agent leaves the seed's tickets alone but for the newest: the model answers one at a time, and a
     * test's own tickets do not wait behind them.
     */
    static Path shop(Path to, int newest) throws IOException {
        Path app = copy(Cli.HOME.resolve("apps/shop"), to);
        replace(
                app.resolve("agents/ticket_triage/agent.yaml"),
                "newest: 20, per_minute: 1",
                "newest: " + newest + ", per_minute: 0");
        return app;
    }

    /** The shop without what would take the model's time besides: the seed's files and search. */
    static Path shopWithoutFiles(Path to) throws IOException {
        Path app = shop(to, 2);
        replace(app.resolve("app.yaml"), ", seed: seed/inbox/", "");
        String settings = Files.readString(app.resolve("app.yaml"));
        Files.writeString(app.resolve("app.yaml"), settings.substring(0, settings.indexOf("search:")));
        Files.delete(app.resolve("doris/pipelines/chunks.sql"));
        return app;
    }

    /** The line that begins so, with its end. */
    static String line(Path file, String beginning) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .map(line -> line + "\n")
                    .orElseThrow(() -> new AssertionError(file + " has no line '" + beginning + "'"));
        }
    }

    /** Replaces a text that must be there. */
    static void replace(Path file, String text, String by) throws IOException {
        String content = Files.readString(file);
        if (!content.contains(text)) {
            throw new AssertionError(file + " does not hold '" + text + "'");
        }
        Files.writeString(file, content.replace(text, by));
    }
}
