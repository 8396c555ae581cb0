package io.millrace.launcher.deploy;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.lake.Lake;
import io.millrace.launcher.layout.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what runs. An unchanged job that is not alive is restored from its newest complete checkpoint; a changed one is
 * stopped with a savepoint and restored from it without dropping state; where Flink refuses that, the job stays stopped
 * and says the two ways on. One thread at a time.
 */
public final class Deployer {
    private static final Logger log = LoggerFactory.getLogger(Deployer.class);
    private static final Set<String> TERMINAL = Set.of("FAILED", "CANCELED", "FINISHED");

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Map<String, Refusal> refusals = new HashMap<>();
    private final App app;
    private final List<Job> jobs;
    private final FlinkRest flink;
    private final Services services;
    private final Path deployments;
    private final Checkpoints checkpoints;

    /**
     * @param jobs of the app with its tables as they are in the lake
     * @param deployments folder that remembers what was deployed
     */
    public Deployer(Jobs jobs, FlinkRest flink, Services services, Path deployments) {
        this.app = jobs.app();
        this.jobs = jobs.all();
        this.flink = flink;
        this.services = services;
        this.deployments = deployments;
        this.checkpoints = new Checkpoints(services.warehouse(), services.checkpoints());
    }

    /** What to do with a job whose state does not fit its changed file. */
    public enum StateLoss {
        /** Refuse, and say the ways on. */
        NONE,
        /** Begin without state at the offsets where it stopped. */
        FROM_OFFSETS,
        /** Empty the tables it writes and begin at the earliest events. */
        REBUILD
    }

    /** Brings every job of the app to what its file says; returns how each stands. */
    public List<JobStatus> reconcile(Map<String, StateLoss> losses) throws IOException, InterruptedException {
        List<JobStatus> statuses = new ArrayList<>();
        Map<String, String> states = flink.jobStates();
        for (Job job : jobs) {
            StateLoss loss = losses.getOrDefault(job.name(), StateLoss.NONE);
            Refusal last = refusals.get(job.name());
            if (last != null && System.nanoTime() - last.atNanos() < RETRY_NANOS) {
                statuses.add(last.status());
                continue;
            }
            try {
                statuses.add(reconcile(job, states, loss));
            } catch (RestClient.RestException e) {
                String reason = FlinkRest.rootCause(e.getMessage());
                log.error("job {} could not be submitted: {}", job.name(), reason);
                statuses.add(refused(new JobStatus(job.name(), "", "not submitted", reason)));
            }
        }
        return statuses;
    }

    /** Stops jobs as they are, without a savepoint; those that do not run are left alone. */
    public void cancel(Set<String> names) throws IOException, InterruptedException {
        Map<String, String> states = flink.jobStates();
        List<String> cancelled = new ArrayList<>();
        for (String name : names) {
            String id =
                    Deployment.read(deployments, name).map(Deployment::jobId).orElse("");
            String state = states.getOrDefault(id, "");
            if (!state.isEmpty() && !TERMINAL.contains(state)) {
                flink.cancel(id);
                cancelled.add(id);
            }
        }
        for (String id : cancelled) {
            while (!TERMINAL.contains(flink.state(id))) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private JobStatus reconcile(Job job, Map<String, String> states, StateLoss loss)
            throws IOException, InterruptedException {
        String name = job.name();
        Optional<Deployment> known = Deployment.read(deployments, name);
        int epoch = known.map(Deployment::epoch).orElse(1);
        List<String> arguments = job.arguments().apply(epoch);
        String hash = hash(job, arguments);
        if (known.isEmpty()) {
            Deployment first = Deployment.first(app.name(), name, hash);
            return start(job, first, arguments, Optional.empty(), false);
        }
        Deployment deployment = known.get();
        String state = states.getOrDefault(deployment.jobId(), "");
        boolean alive = !state.isEmpty() && !TERMINAL.contains(state);
        if (loss != StateLoss.NONE) {
            return startWithoutState(job, deployment, hash, alive, loss);
        }
        if (deployment.hash().equals(hash)) {
            if (!deployment.refused().isEmpty()) {
                return new JobStatus(name, deployment.jobId(), "refused", deployment.refused());
            }
            return alive
                    ? new JobStatus(name, deployment.jobId(), state.toLowerCase(java.util.Locale.ROOT), "")
                    : restore(job, deployment, arguments, state);
        }
        if (alive) {
            try {
                flink.plan(upload(job), job.entryClass(), arguments);
            } catch (RestClient.RestException e) {
                String reason = "the changed file does not compile, generation " + deployment.generation()
                        + " goes on: " + FlinkRest.rootCause(e.getMessage());
                log.error("job {}: {}", name, reason);
                return refused(new JobStatus(name, deployment.jobId(), "running", reason));
            }
        }
        log.info("job {} has changed: stopping generation {} with a savepoint", name, deployment.generation());
        String savepoint = alive ? flink.stopWithSavepoint(deployment.jobId()) : deployment.savepoint();
        Optional<String> from = savepoint.isEmpty() ? checkpoints.newest(deployment.lineage()) : Optional.of(savepoint);
        Deployment next = deployment.next(app.name(), hash, savepoint);
        JobStatus status;
        try {
            status = start(job, next, arguments, from, false);
        } catch (RestClient.RestException e) {
            if (from.isPresent() && isStateMismatch(e.getMessage())) {
                return refuse(next, FlinkRest.rootCause(e.getMessage()));
            }
            throw e;
        }
        if (from.isPresent() && !comesUp(next.jobId())) {
            return refuse(next, flink.lastFailure(next.jobId()).orElse("its state does not fit"));
        }
        return status;
    }

    private JobStatus refused(JobStatus status) {
        refusals.put(status.name(), new Refusal(status, System.nanoTime()));
        return status;
    }

    /** What Flink refused, not to be asked again for a while. */
    private record Refusal(JobStatus status, long atNanos) {}

    /**
     * Always under a new id: a cluster never takes the id of a job it has seen the end of, and ForSt would work in the
     * folder of the files it restores from.
     */
    private JobStatus restore(Job job, Deployment deployment, List<String> arguments, String terminalState)
            throws IOException, InterruptedException {
        if (!terminalState.isEmpty()) {
            String reason = flink.lastFailure(deployment.jobId()).orElse("it was cancelled");
            log.warn("job {} is {}: {}", deployment.job(), terminalState, reason);
        }
        Deployment next = deployment.next(app.name(), deployment.hash(), deployment.savepoint());
        Optional<String> from = checkpoints.newest(next.lineage());
        if (from.isEmpty() && !next.savepoint().isEmpty()) {
            return start(job, next, arguments, Optional.of(next.savepoint()), false);
        }
        return start(job, next, arguments, from, true);
    }

    private JobStatus startWithoutState(Job job, Deployment deployment, String hash, boolean alive, StateLoss loss)
            throws IOException, InterruptedException {
        if (alive) {
            flink.stopWithSavepoint(deployment.jobId());
        }
        Deployment next = deployment.withoutState(app.name(), hash, loss == StateLoss.REBUILD);
        if (loss == StateLoss.REBUILD) {
            try (Lake lake = Lake.open(services.warehouse())) {
                for (String table : job.writes()) {
                    log.info("emptying {} for the rebuild of {}", table, job.name());
                    int dot = table.indexOf('.');
                    lake.truncate(table.substring(0, dot), table.substring(dot + 1));
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("the lake did not close: " + e.getMessage(), e);
            }
        }
        return start(job, next, job.arguments().apply(next.epoch()), Optional.empty(), false);
    }

    private JobStatus start(
            Job job, Deployment deployment, List<String> arguments, Optional<String> from, boolean claim)
            throws IOException, InterruptedException {
        deployment.write(deployments);
        flink.run(upload(job), job.entryClass(), deployment.jobId(), arguments, from, claim);
        log.info(
                "job {} generation {} submitted as {}, {}",
                deployment.job(),
                deployment.generation(),
                deployment.jobId(),
                from.map(path -> "restored from " + path).orElse("without state"));
        return new JobStatus(deployment.job(), deployment.jobId(), "submitted", "");
    }

    private String upload(Job job) throws IOException, InterruptedException {
        return flink.upload(job.jar().path(), job.jar().uploadName());
    }

    private JobStatus refuse(Deployment deployment, String cause) {
        String reason = "job " + deployment.job() + " was changed and its state does not fit any more (" + cause
                + "). It is stopped, nothing is lost. Either undo the change, or go on one of two ways: "
                + "./millrace deploy --from-offsets " + deployment.job()
                + " begins without state where it stopped; ./millrace deploy --rebuild " + deployment.job()
                + " empties the tables it writes and computes them anew from the first event";
        deployment.refusedBecause(reason).write(deployments);
        log.error("{}", reason);
        return new JobStatus(deployment.job(), deployment.jobId(), "refused", reason);
    }

    /** Waits until the job runs or fails for good; a job that restarts over and over has failed. */
    private boolean comesUp(String jobId) throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            String state = flink.state(jobId);
            if (state.equals("RUNNING") && flink.lastFailure(jobId).isEmpty()) {
                if (flink.checkpoints(jobId).completedId() >= 0) {
                    return true;
                }
            } else if (TERMINAL.contains(state)) {
                return false;
            } else if (flink.lastFailure(jobId)
                    .filter(Deployer::isStateMismatch)
                    .isPresent()) {
                flink.cancel(jobId);
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return true;
    }

    private static boolean isStateMismatch(String failure) {
        return failure.contains("Cannot map checkpoint") || failure.contains("state") || failure.contains("serializer");
    }

    private String hash(Job job, List<String> arguments) {
        StringBuilder text = new StringBuilder(String.join("\n", arguments));
        addTables(text, "", app.tables(), job);
        addTables(text, "hot.", app.hotTables(), job);
        text.append(job.jar().sha256());
        return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void addTables(StringBuilder text, String prefix, List<TableDefinition> tables, Job job) {
        tables.stream()
                .filter(table -> job.reads().contains(prefix + table.qualifiedName()))
                .forEach(table -> text.append('\n')
                        .append(prefix)
                        .append(table.qualifiedName())
                        .append(table.columns().stream()
                                .map(column -> column.name() + " " + column.type())
                                .toList())
                        .append(table.primaryKey()));
    }
}
