package io.millrace.launcher.status;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.app.agent.Agent;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.Tiering;
import io.millrace.launcher.deploy.FlinkRest;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.platform.ResourceUse;
import io.millrace.launcher.verify.Marker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs, and how well; -1 stands for what is not known.
 *
 * @param pssMebibytes memory of all processes now
 * @param pssOneMinuteAfterMebibytes the same, one minute after the platform was ready
 * @param rows rows of each table, by SQL
 * @param tiered how far each hot table has come on its way into the lake
 * @param files how far the app's files are read; null for an app without folders
 * @param lagMillis from a commit at each source to its row being readable by SQL, measured with a marker row
 */
public record StatusReport(
        String phase,
        String app,
        List<ServiceStatus> services,
        long pssMebibytes,
        long pssOneMinuteAfterMebibytes,
        List<JobReport> jobs,
        List<AgentReport> agents,
        @Nullable FileReport files,
        Map<String, Long> rows,
        List<TieredReport> tiered,
        Map<String, Long> lagMillis,
        long firstRowBySqlMillis,
        long firstRowByApiMillis,
        long firstResultMillis,
        List<String> complaints) {
    public static final Duration LAG_LIMIT = Duration.ofSeconds(10);

    /** A program, with the memory of all its processes. */
    public record ServiceStatus(String name, String state, long pid, int port, int restarts, long pssMebibytes) {}

    /** A job, with its checkpoints. */
    public record JobReport(
            String name,
            String jobId,
            String state,
            long checkpoint,
            long checkpointAgeMillis,
            long restoredCheckpoint,
            String message) {}

    /**
     * An agent.
     *
     * @param rows rows of its trigger table
     * @param results rows it has a result for
     * @param deadLetters row versions it could not bring to one
     * @param calls model calls it caused
     * @param hits answers the ledger gave it again
     * @param failures calls without a usable answer
     */
    public record AgentReport(
            String name, long rows, long results, long deadLetters, long calls, long hits, long failures) {
        /** Rows that wait, or that its backlog policy leaves alone. */
        public long backlog() {
            return Math.max(0, rows - results - deadLetters);
        }
    }

    /**
     * Files of the app's folders.
     *
     * @param files paths seen
     * @param contents different contents
     * @param read contents whose text is known, or that have none
     * @param pending contents that wait for a model
     * @param refused contents that cannot be read; the dead letters say why
     */
    public record FileReport(long files, long contents, long read, long pending, long refused) {}

    /**
     * The copy in the lake of a hot table.
     *
     * @param snapshot of the lake's table, 0 before the first
     * @param changesBehind changes of the hot table that are not in it
     * @param behindMillis age of the newest change in it while there are others; 0 when it has all
     */
    public record TieredReport(String table, long snapshot, long changesBehind, long behindMillis) {}

    public boolean healthy() {
        return phase.equals("ready")
                && services.stream().allMatch(service -> service.state().equals("ready"))
                && jobs.stream().allMatch(job -> job.state().equals("running"));
    }

    public static StatusReport of(PlatformState state, DataFolder data) throws InterruptedException {
        List<String> complaints = new ArrayList<>(state.complaints());
        Map<Long, Long> memory = ResourceUse.pssKibibytes(state.launcherPid());
        List<ServiceStatus> services = new ArrayList<>();
        services.add(new ServiceStatus(
                "launcher", "ready", state.launcherPid(), 0, 0, memory.getOrDefault(state.launcherPid(), 0L) / 1024));
        state.programs()
                .forEach(program -> services.add(new ServiceStatus(
                        program.name(),
                        program.state(),
                        program.pid(),
                        program.port(),
                        program.restarts(),
                        memory.getOrDefault(program.pid(), 0L) / 1024)));
        App app = App.load(Path.of(state.app()));
        Map<String, Long> rows = new LinkedHashMap<>();
        Map<String, Long> lags = new LinkedHashMap<>();
        Services reached = state.services(data);
        List<AgentReport> agents = new ArrayList<>();
        List<TieredReport> tiered = new ArrayList<>();
        FileReport files = null;
        try (Connection lake = reached.databases().connectToLake()) {
            for (TableDefinition table : app.tables()) {
                rows.put("lake." + table.qualifiedName(), count(lake, table));
            }
            for (Agent agent : app.agents()) {
                agents.add(agent(lake, agent));
            }
            for (TableDefinition table : app.tieredTables()) {
                rows.put("lake." + table.qualifiedName(), count(lake, table));
            }
            tiered.addAll(tiered(app, reached.hotStore(), lake, complaints));
            files = app.folders().isEmpty() ? null : files(lake);
            for (Source.Cdc source : app.databases()) {
                try (Connection connection = reached.databases().connectToSource(source.name())) {
                    lags.put(source.name(), Marker.write(source, connection).awaitIn(lake, app, LAG_LIMIT));
                }
            }
        } catch (SQLException e) {
            complaints.add("rows and lag are not known: " + e.getMessage());
        }
        return new StatusReport(
                state.phase(),
                app.name(),
                services,
                memory.values().stream().mapToLong(Long::longValue).sum() / 1024,
                state.memoryMebibytes(),
                jobs(state, reached, complaints),
                agents,
                files,
                rows,
                tiered,
                lags,
                state.firstRowBySqlMillis(),
                state.firstRowByApiMillis(),
                state.firstResultMillis(),
                complaints);
    }

    private static AgentReport agent(Connection lake, Agent agent) {
        String caller = " FROM lake.ai.inference_calls WHERE caller = '" + agent.name() + "'";
        return new AgentReport(
                agent.name(),
                number(lake, "SELECT count(*) FROM lake." + agent.trigger().table()),
                number(lake, "SELECT count(*) FROM lake." + agent.output().table()),
                number(lake, "SELECT count(*) FROM lake.ai.dead_letters WHERE agent = '" + agent.name() + "'"),
                number(lake, "SELECT count(*)" + caller),
                number(lake, "SELECT coalesce(sum(hits), 0)" + caller),
                number(lake, "SELECT count(*)" + caller + " AND status IN ('failed', 'rejected', 'abandoned')"));
    }

    private static FileReport files(Connection lake) {
        String documents = "SELECT count(*) FROM lake.media.documents WHERE status = ";
        return new FileReport(
                number(lake, "SELECT count(*) FROM lake.media.files"),
                number(lake, "SELECT count(*) FROM lake.media.contents"),
                number(lake, documents + "'read'"),
                number(lake, documents + "'pending'"),
                number(lake, documents + "'refused'"));
    }

    private static List<TieredReport> tiered(App app, String hotStore, Connection lake, List<String> complaints) {
        List<TieredReport> reports = new ArrayList<>();
        if (app.tieredTables().isEmpty()) {
            return reports;
        }
        try (Tiering tiering = new Tiering(hotStore)) {
            for (TableDefinition table : app.tieredTables()) {
                Tiering.Progress progress = tiering.of(table.database(), table.name());
                long newest = number(
                        lake,
                        "SELECT CAST(unix_timestamp(max(__timestamp)) * 1000 AS BIGINT) FROM lake."
                                + table.qualifiedName());
                reports.add(new TieredReport(
                        "hot." + table.qualifiedName(),
                        progress.snapshot(),
                        progress.changesBehind(),
                        progress.changesBehind() == 0 ? 0 : newest <= 0 ? -1 : System.currentTimeMillis() - newest));
            }
        } catch (Exception e) {
            complaints.add("how far hot tables are behind in the lake is not known: " + e.getMessage());
        }
        return reports;
    }

    private static long count(Connection lake, TableDefinition table) {
        return number(lake, "SELECT count(*) FROM lake." + table.qualifiedName());
    }

    /** The query's number, -1 when it fails. */
    private static long number(Connection lake, String query) {
        try (Statement statement = lake.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return -1;
        }
    }

    private static List<JobReport> jobs(PlatformState state, Services reached, List<String> complaints)
            throws InterruptedException {
        FlinkRest flink = new FlinkRest(reached.flink());
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
                        : flink.state(job.jobId()).toLowerCase(java.util.Locale.ROOT);
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
