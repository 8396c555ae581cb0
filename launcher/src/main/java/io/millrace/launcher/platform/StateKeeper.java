package io.millrace.launcher.platform;

import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.supervise.ProgramStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Collects what the platform's threads report and writes it to the state file. */
final class StateKeeper {
    private final DataFolder data;
    private PlatformState state;

    StateKeeper(DataFolder data, String app, Ports ports, long startedAtMillis) {
        this.data = data;
        this.state = new PlatformState(
                ProcessHandle.current().pid(),
                "starting",
                app,
                ports,
                startedAtMillis,
                -1,
                -1,
                -1,
                List.of(),
                List.of(),
                List.of());
    }

    synchronized void phase(String phase) {
        write(phase, state.firstRowBySqlMillis(), state.firstRowByApiMillis(), state.memoryMebibytes());
    }

    synchronized void firstRowBySql() {
        write(state.phase(), sinceStart(), state.firstRowByApiMillis(), state.memoryMebibytes());
    }

    synchronized void firstRowByApi() {
        write(state.phase(), state.firstRowBySqlMillis(), sinceStart(), state.memoryMebibytes());
    }

    synchronized void programs(List<ProgramStatus> programs) {
        replace(programs, state.jobs(), state.complaints());
    }

    synchronized void jobs(List<JobStatus> jobs, List<String> complaints) {
        if (!jobs.equals(state.jobs()) || !complaints.equals(state.complaints())) {
            replace(state.programs(), jobs, complaints);
        }
    }

    /** Sums up all processes' memory one minute after the platform was ready. */
    void weighAfterOneMinute() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            return;
        }
        long kibibytes = Memory.pssKibibytes(ProcessHandle.current().pid()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        synchronized (this) {
            write(state.phase(), state.firstRowBySqlMillis(), state.firstRowByApiMillis(), kibibytes / 1024);
        }
    }

    private long sinceStart() {
        return System.currentTimeMillis() - state.startedAtMillis();
    }

    private void write(String phase, long bySql, long byApi, long memory) {
        state = new PlatformState(
                state.launcherPid(),
                phase,
                state.app(),
                state.ports(),
                state.startedAtMillis(),
                bySql,
                byApi,
                memory,
                state.programs(),
                state.jobs(),
                state.complaints());
        state.write(data);
    }

    private void replace(List<ProgramStatus> programs, List<JobStatus> jobs, List<String> complaints) {
        state = new PlatformState(
                state.launcherPid(),
                state.phase(),
                state.app(),
                state.ports(),
                state.startedAtMillis(),
                state.firstRowBySqlMillis(),
                state.firstRowByApiMillis(),
                state.memoryMebibytes(),
                programs,
                jobs,
                complaints);
        state.write(data);
    }
}
