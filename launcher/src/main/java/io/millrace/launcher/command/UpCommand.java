package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.UserError;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.platform.Progress;
import io.millrace.launcher.preflight.Preflight;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform. */
@Command(
        name = "up",
        description = "Start the platform and keep it running; Ctrl-C ends it.",
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--detach", description = "Return when the platform is ready; it goes on in the background.")
    private boolean detach;

    @Option(names = "--app", paramLabel = "DIR", description = "The app's folder (default: apps/shop).")
    private @Nullable Path app;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Add N to every port (default: ${DEFAULT-VALUE}).")
    private int portOffset;

    @Option(
            names = "--traffic",
            paramLabel = "RATE",
            defaultValue = "5",
            description = "Demo actions a second at the source, 0 for none (default: ${DEFAULT-VALUE}).")
    private double traffic;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        DataFolder folder = data.folder();
        Ports ports = Ports.withOffset(portOffset);
        Path appFolder = app == null ? installation.home().resolve("apps/shop") : app;
        PlatformState.read(folder).filter(PlatformState::isRunning).ifPresent(running -> {
            throw new UserError("a platform runs on " + folder.root() + " already (launcher pid "
                    + running.launcherPid() + "): see ./millrace status, or end it with ./millrace down");
        });
        if (!detach) {
            logToFile(folder);
        }
        App checked = App.load(appFolder);
        if (detach) {
            return new DetachedStart(installation, folder)
                    .run(List.of(
                            "up",
                            "--app",
                            checked.folder().toString(),
                            "--data",
                            folder.root().toString(),
                            "--port-offset",
                            String.valueOf(portOffset),
                            "--traffic",
                            String.valueOf(traffic)));
        }
        return runInForeground(installation, folder, ports, checked);
    }

    private int runInForeground(Installation installation, DataFolder folder, Ports ports, App checked)
            throws Exception {
        try (FileChannel channel = FileChannel.open(
                        folder.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel, folder)) {
            long startedAt = Long.parseLong(
                    System.getenv().getOrDefault("MILLRACE_STARTED_AT", String.valueOf(System.currentTimeMillis())));
            Platform platform = new Platform(
                    checked, installation, folder, ports, traffic, startedAt, new Progress(System.out, startedAt));
            try {
                platform.endLeftovers();
                requireMachine(folder, ports);
                Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "shutdown"));
                platform.start();
            } catch (Exception e) {
                platform.failed(String.valueOf(e.getMessage()));
                throw e;
            }
            System.out.print(Welcome.text(checked, ports, folder));
            System.out.flush();
            new CountDownLatch(1).await();
            return lock.isValid() ? 0 : 1;
        }
    }

    /** Before the first logger is made: what a library logs while files are read goes there too. */
    private static void logToFile(DataFolder folder) {
        System.setProperty("millrace.log.level", "INFO");
        System.setProperty("millrace.log.libraries", "WARN");
        System.setProperty("millrace.log", folder.logs().resolve("launcher.log").toString());
        System.setProperty("millrace.log.to", "file");
    }

    private static FileLock lock(FileChannel channel, DataFolder folder) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            throw new UserError("another launcher is starting on " + folder.root() + ": see ./millrace status");
        }
        return lock;
    }

    private static void requireMachine(DataFolder folder, Ports ports) {
        List<String> problems = Preflight.check(folder, ports).stream()
                .filter(finding -> !finding.ok() && finding.blocking())
                .map(Preflight.Finding::message)
                .toList();
        if (!problems.isEmpty()) {
            throw new UserError(String.join("\n", problems));
        }
    }
}
