package io.millrace.launcher.platform;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.launcher.UserError;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.supervise.ProgramStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher writes of the platform it runs, for the other commands to read.
 *
 * @param launcherPid process id of the launcher
 * @param phase starting, ready, stopping, stopped or failed
 * @param ports null in the full stack, where every service has an address of its own
 * @param startedAtMillis when up was called
 * @param firstRowBySqlMillis from the call of up to the first row of the app readable by SQL; -1 before
 * @param firstRowByApiMillis the same by the API
 * @param memoryMebibytes proportional set size of all processes one minute after ready; -1 before
 * @param complaints what does not run as it should, one line each
 */
public record PlatformState(
        long launcherPid,
        String phase,
        String app,
        @Nullable Ports ports,
        long startedAtMillis,
        long firstRowBySqlMillis,
        long firstRowByApiMillis,
        long firstResultMillis,
        long memoryMebibytes,
        List<ProgramStatus> programs,
        List<JobStatus> jobs,
        List<String> complaints) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public static Optional<PlatformState> read(DataFolder data) {
        if (!Files.exists(data.stateFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(data.stateFile().toFile(), PlatformState.class));
        } catch (IOException e) {
            throw new UserError(data.stateFile() + " cannot be read: " + e.getMessage() + "; remove it");
        }
    }

    /** The platform that runs on this data folder. */
    public static PlatformState running(DataFolder data) {
        return read(data)
                .filter(PlatformState::isRunning)
                .orElseThrow(() ->
                        new UserError("no platform runs on " + data.root() + ": start it with ./millrace up --detach"));
    }

    /** The services as this process reaches them. */
    public Services services(DataFolder data) {
        return ports == null
                ? Services.fullStack(System.getenv())
                : Services.local(ports, data, Secrets.ofRunning(data));
    }

    public boolean isRunning() {
        return !phase.equals("stopped")
                && !phase.equals("failed")
                && ProcessHandle.of(launcherPid)
                        .filter(PlatformState::isLauncher)
                        .isPresent();
    }

    private static boolean isLauncher(ProcessHandle process) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("millrace"))
                .orElse(true);
    }

    public void write(DataFolder data) {
        try {
            Path partial = data.run().resolve("platform.json.partial");
            JSON.writerWithDefaultPrettyPrinter().writeValue(partial.toFile(), this);
            Files.move(partial, data.stateFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError(data.stateFile() + " cannot be written: " + e);
        }
    }
}
