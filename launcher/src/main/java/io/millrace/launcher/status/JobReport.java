package io.millrace.launcher.status;

import io.millrace.launcher.deploy.FlinkRest;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.platform.PlatformState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job, with its checkpoints. */
public record JobReport(
        String name,
        String jobId,
        String state,
        long checkpoint,
        long checkpointAgeMillis,
        long restoredCheckpoint,
        String message) {
    static List<JobReport> of(PlatformState state, FlinkRest flink, List<String> complaints)
            throws InterruptedException {
        List<JobReport> reports = new ArrayList<>();
        for (JobStatus job : state.jobs()) {
            if (job.jobId().isEmpty()) {
                reports.add(new JobReport(job.name(), "", job.state(), -1, -1, -1, job.message()));
                continue;
            }
            try {
                FlinkRest.JobCheckpoints checkpoints = flink.checkpoints(job.jobId());
                long age = checkpoints.completedAtMillis() < 0
                        ? -1
                        : System.currentTimeMillis() - checkpoints.completedAtMillis();
                String now = job.state().equals("refused")
                        ? job.state()
                        : flink.state(job.jobId()).toLowerCase(Locale.ROOT);
                reports.add(new JobReport(
                        job.name(),
                        job.jobId(),
                        now,
                        checkpoints.completedId(),
                        age,
                        checkpoints.restoredId(),
                        now.equals("running") || !job.message().isEmpty()
                                ? job.message()
                                : flink.lastFailure(job.jobId()).orElse("")));
            } catch (IOException e) {
                reports.add(new JobReport(job.name(), job.jobId(), job.state(), -1, -1, -1, job.message()));
                complaints.add("Flink does not answer about job " + job.name() + ": " + e.getMessage());
            }
        }
        return reports;
    }
}
