package io.millrace.launcher.command;

import io.millrace.app.App;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.platform.FullStack;
import io.millrace.launcher.platform.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the full stack's deployer container runs. */
@Command(
        name = "deployer",
        description = "Bring an app up on services that run elsewhere, as the environment says, and keep it.",
        mixinStandardHelpOptions = true)
public final class DeployerCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--app",
            paramLabel = "DIR",
            defaultValue = "${env:MILLRACE_APP:-apps/shop}",
            description = "The app's folder (default: MILLRACE_APP, else apps/shop).")
    private Path app = Path.of("");

    @Override
    public Integer call() throws Exception {
        long startedAt = System.currentTimeMillis();
        DataFolder folder = data.folder();
        FullStack stack = new FullStack(
                App.load(app),
                Installation.current(),
                folder,
                Services.fullStack(System.getenv()),
                startedAt,
                new Progress(System.out, startedAt));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "shutdown"));
        try {
            stack.run();
            return 0;
        } catch (Exception e) {
            stack.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
