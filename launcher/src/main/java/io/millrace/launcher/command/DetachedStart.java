package io.millrace.launcher.command;

import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.platform.PlatformState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the platform in the background and shows what it says until it is ready. */
final class DetachedStart {
    private final Installation installation;
    private final DataFolder data;

    DetachedStart(Installation installation, DataFolder data) {
        this.installation = installation;
        this.data = data;
    }

    int run(List<String> arguments) throws IOException, InterruptedException {
        Path output = data.logs().resolve("up.out");
        Files.writeString(output, "");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.addAll(installation.command());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MILLRACE_BUILD", installation.build().toString());
        builder.redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process guard = builder.start();
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            while (true) {
                boolean alive = guard.isAlive();
                Optional<PlatformState> state = PlatformState.read(data)
                        .filter(found -> guard.descendants().anyMatch(child -> child.pid() == found.launcherPid()));
                boolean ready =
                        state.filter(found -> found.phase().equals("ready")).isPresent();
                boolean welcomed = copy(file).contains("Try: ");
                if (!alive) {
                    copy(file);
                    return guard.exitValue() == 0 ? 1 : guard.exitValue();
                }
                if (ready && welcomed) {
                    copy(file);
                    return 0;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Shows what was written since the last call and returns all of it so far. */
    private static String copy(RandomAccessFile file) throws IOException {
        byte[] fresh = new byte[(int) (file.length() - file.getFilePointer())];
        file.readFully(fresh);
        System.out.write(fresh);
        System.out.flush();
        long end = file.getFilePointer();
        byte[] all = new byte[(int) end];
        file.seek(0);
        file.readFully(all);
        return new String(all, StandardCharsets.UTF_8);
    }
}
