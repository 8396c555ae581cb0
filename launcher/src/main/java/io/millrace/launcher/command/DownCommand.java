package io.millrace.launcher.command;

import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the platform; data and jobs stay where they are. */
@Command(name = "down", description = "End the platform; its data stays.", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final int LIMIT_SECONDS = 120;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        PlatformState state = PlatformState.running(folder);
        ProcessHandle launcher = ProcessHandle.of(state.launcherPid()).orElseThrow();
        launcher.destroy();
        if (launcher.onExit()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .handle((ended, e) -> e == null)
                .join()) {
            System.out.println("the platform on " + folder.root() + " has ended");
            return 0;
        }
        System.err.println("the launcher (pid " + launcher.pid() + ") did not end within " + LIMIT_SECONDS
                + " s: see ./millrace logs launcher");
        return 1;
    }
}
