package io.millrace.launcher.command;

import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.service.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a program's log. */
@Command(name = "logs", description = "Show the end of a service's log.", mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "SERVICE", description = "A service that ./millrace status lists, or launcher.")
    private String service = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder();
        List<String> known = known(folder);
        if (!known.contains(service)) {
            throw new UserError("no log of '" + service + "'" + Nearest.hint(service, known));
        }
        print(folder.logs().resolve(service + ".log"));
        print(folder.logs().resolve(service + ".out"));
        return 0;
    }

    private void print(Path file) throws IOException {
        if (Files.exists(file)) {
            try (Stream<String> all = Files.lines(file)) {
                List<String> text = all.toList();
                text.subList(Math.max(0, text.size() - lines), text.size()).forEach(System.out::println);
            }
        }
    }

    private static List<String> known(DataFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.logs())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log") || name.endsWith(".out"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
