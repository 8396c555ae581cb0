package io.millrace.launcher.platform;

import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.supervise.ProgramStatus;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects what the platform's threads report and writes it to the state file. */
final class StateKeeper {
    private final DataFolder data;
    private final String app;
    private final @Nullable Ports ports;
    private final long startedAtMillis;
    private String phase = "starting";
    private long firstRowBySqlMillis = -1;
    private long firstRowByApiMillis = -1;
    private long firstResultMillis = -1;
    private long memoryMebibytes = -1;
    private List<ProgramStatus> programs = List.of();
    private List<JobStatus> jobs = List.of();
    private List<String> complaints = List.of();

    StateKeeper(DataFolder data, String app, @Nullable Ports ports, long startedAtMillis) {
        this.data = data;
        this.app = app;
        this.ports = ports;
        this.startedAtMillis = startedAtMillis;
    }

    synchronized void phase(String now) {
        phase = now;
        write();
    }

    synchronized void firstRowBySql() {
        firstRowBySqlMillis = sinceStart();
        write();
    }

    synchronized void firstRowByApi() {
        firstRowByApiMillis = sinceStart();
        write();
    }

    /** Whether an agent's first result is still awaited. */
    synchronized boolean awaitsResult() {
        return firstResultMillis < 0;
    }

    synchronized void firstResult() {
        firstResultMillis = sinceStart();
        write();
    }

    synchronized void programs(List<ProgramStatus> now) {
        programs = now;
        write();
    }

    synchronized void jobs(List<JobStatus> now, List<String> complaintsNow) {
        if (!now.equals(jobs) || !complaintsNow.equals(complaints)) {
            jobs = List.copyOf(now);
            complaints = List.copyOf(complaintsNow);
            write();
        }
    }

    /** Sums up all processes' memory one minute after the platform was ready. */
    void weighAfterOneMinute() {
        try {
            TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
            return;
        }
        long kibibytes = ResourceUse.pssKibibytes(ProcessHandle.current().pid()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        synchronized (this) {
            memoryMebibytes = kibibytes / 1024;
            write();
        }
    }

    private long sinceStart() {
        return System.currentTimeMillis() - startedAtMillis;
    }

    private void write() {
        new PlatformState(
                        ProcessHandle.current().pid(),
                        phase,
                        app,
                        ports,
                        startedAtMillis,
                        firstRowBySqlMillis,
                        firstRowByApiMillis,
                        firstResultMillis,
                        memoryMebibytes,
                        programs,
                        jobs,
                        complaints)
                .write(data);
    }
}
