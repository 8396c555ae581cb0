package io.millrace.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The README's commands: the lines of its {@code sh} blocks. */
final class Readme {
    private Readme() {}

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Cli.HOME.resolve("README.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside && !line.isBlank()) {
                commands.add(line);
            }
        }
        return commands;
    }
}
