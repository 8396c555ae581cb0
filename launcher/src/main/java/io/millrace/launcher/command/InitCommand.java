package io.millrace.launcher.command;

import io.millrace.launcher.compose.ComposeFile;
import io.millrace.launcher.compose.EnvFile;
import io.millrace.launcher.layout.Installation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Draws the full stack's passwords. */
@Command(
        name = "init",
        description = "Write strong passwords for docker compose into .env; what is there stays.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
    private static final int BYTES = 16;

    @Override
    public Integer call() {
        Path home = Installation.current().home();
        Path file = home.resolve(".env");
        Map<String, String> present = EnvFile.read(file);
        Map<String, String> drawn = new LinkedHashMap<>();
        ComposeFile.read(home, present).secrets().keySet().stream()
                .filter(name -> present.getOrDefault(name, "").isEmpty())
                .forEach(name -> drawn.put(name, random()));
        if (drawn.isEmpty()) {
            System.out.println(file + " has every password already: nothing is changed");
            return 0;
        }
        EnvFile.append(file, drawn);
        System.out.println(
                "drew " + drawn.size() + " passwords into " + file + ": " + String.join(", ", drawn.keySet()));
        System.out.println("A stack that was started before keeps its old ones in its volumes:"
                + " docker compose down --volumes makes it new, and empty.");
        return 0;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
