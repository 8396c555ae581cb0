package io.millrace.launcher.command;

import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.preflight.DockerPreflight;
import io.millrace.launcher.preflight.Preflight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what this machine lacks and what that costs. */
@Command(
        name = "doctor",
        description = "Look at this machine: what Millrace needs, what is optional, how to get it.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final Map<String, String> OPTIONAL = Map.of(
            "python3", "needed from the models on: their weights come in a Python package",
            "mysql", "any MySQL client can ask the lake; ./millrace sql does without",
            "psql", "looks into the source database",
            "tesseract",
                    "reads words in pictures, in the languages installed (tesseract-ocr-deu, …); without it RapidOCR, which"
                            + " comes with Millrace, reads English and Chinese, loses accents, and takes about 2 s of"
                            + " processor time a picture and 330 MiB more memory");

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "The offset that up will get.")
    private int portOffset;

    @Option(names = "--docker", description = "Look at what docker compose up needs instead.")
    private boolean docker;

    @Override
    public Integer call() throws Exception {
        if (docker) {
            return print(new DockerPreflight(Installation.current().home()).check(), false);
        }
        DataFolder folder = data.folder();
        boolean running =
                PlatformState.read(folder).filter(PlatformState::isRunning).isPresent();
        if (running) {
            System.out.println("a platform runs on " + folder.root() + ": its own ports are taken by itself");
        }
        List<Preflight.Finding> findings = new ArrayList<>(Preflight.check(folder, Ports.withOffset(portOffset)));
        int worst = print(findings, running);
        for (String program : OPTIONAL.keySet().stream().sorted().toList()) {
            boolean there = new ProcessBuilder("sh", "-c", "command -v " + program + " >/dev/null")
                            .start()
                            .waitFor()
                    == 0;
            System.out.println((there ? "ok    " : "note  ") + program + (there ? " is there" : " is not there")
                    + " (optional): " + OPTIONAL.get(program));
        }
        return worst;
    }

    /** Returns 1 when something has to be put right. */
    private static int print(List<Preflight.Finding> findings, boolean running) {
        int worst = 0;
        for (Preflight.Finding finding : findings) {
            System.out.println(
                    (finding.ok() ? "ok    " : finding.blocking() ? "FIX   " : "note  ") + finding.message());
            worst = !finding.ok() && finding.blocking() && !running ? 1 : worst;
        }
        return worst;
    }
}
