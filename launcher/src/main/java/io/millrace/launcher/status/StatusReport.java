package io.millrace.launcher.status;

import io.millrace.app.App;
import io.millrace.app.table.TableDefinition;
import io.millrace.hot.HotLookup;
import io.millrace.launcher.deploy.FlinkRest;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.platform.ResourceUse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What runs, and how well; -1 stands for what is not known.
 *
 * @param pssMebibytes memory of all processes now
 * @param pssOneMinuteAfterMebibytes the same, one minute after the platform was ready
 * @param rows rows of each table, by SQL
 * @param tiered how far each hot table has come on its way into the lake
 * @param files how far the app's files are read; null for an app without folders
 * @param lags from a commit at each source to its rows being readable
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
        List<LagReport> lags,
        long firstRowBySqlMillis,
        long firstRowByApiMillis,
        long firstResultMillis,
        List<String> complaints) {
    public boolean healthy() {
        return phase.equals("ready")
                && services.stream().allMatch(service -> service.state().equals("ready"))
                && jobs.stream().allMatch(job -> job.state().equals("running"));
    }

    public static StatusReport of(PlatformState state, DataFolder data) throws InterruptedException {
        List<String> complaints = new ArrayList<>(state.complaints());
        Map<Long, Long> memory = ResourceUse.pssKibibytes(state.launcherPid());
        App app = App.load(Path.of(state.app()));
        Map<String, Long> rows = new LinkedHashMap<>();
        List<LagReport> lags = new ArrayList<>();
        Services reached = state.services(data);
        List<AgentReport> agents = new ArrayList<>();
        List<TieredReport> tiered = new ArrayList<>();
        FileReport files = null;
        try (Connection lake = reached.databases().connectToLake();
                HotLookup hot = new HotLookup(reached.hotStore(), app.database())) {
            LakeNumbers numbers = new LakeNumbers(lake);
            Stream.of(app.tables(), app.tieredTables())
                    .flatMap(List::stream)
                    .map(TableDefinition::qualifiedName)
                    .forEach(table -> rows.put("lake." + table, numbers.rows(table)));
            app.agents().forEach(agent -> agents.add(AgentReport.of(agent, numbers)));
            tiered.addAll(TieredReport.of(app, hot, numbers, complaints));
            files = app.folders().isEmpty() ? null : FileReport.of(numbers);
            lags.addAll(LagReport.of(app, reached.databases(), lake, hot));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            complaints.add("rows and lag are not known: " + e.getMessage());
        }
        return new StatusReport(
                state.phase(),
                app.name(),
                ServiceStatus.of(state, memory),
                memory.values().stream().mapToLong(Long::longValue).sum() / 1024,
                state.memoryMebibytes(),
                JobReport.of(state, new FlinkRest(reached.flink()), complaints),
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
}
