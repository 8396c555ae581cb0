package io.millrace.launcher.command;

import io.millrace.launcher.layout.Installation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the tests of the checkout with Maven. */
@Command(name = "test", description = "Run the tests, on free ports.", mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {
    @Option(names = "--long", description = "Run the long rounds too.")
    private boolean longRounds;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        boolean installed = new ProcessBuilder("sh", "-c", "command -v mvn >/dev/null")
                        .start()
                        .waitFor()
                == 0;
        List<String> command = new ArrayList<>();
        if (installed) {
            command.add("mvn");
        } else {
            command.addAll(List.of("sh", installation.home().resolve("mvnw").toString()));
        }
        command.addAll(List.of(
                "-B",
                "-ntp",
                "-T",
                "2",
                "--fail-at-end",
                "verify",
                "-Dmillrace.home=" + installation.home(),
                "-Dmillrace.build=" + installation.build()));
        if (longRounds) {
            command.add("-Dmillrace.excludedGroups=");
        }
        return new ProcessBuilder(command)
                .directory(installation.home().toFile())
                .inheritIO()
                .start()
                .waitFor();
    }
}
