package io.millrace.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.platform.PlatformState;
import io.millrace.launcher.status.FileReport;
import io.millrace.launcher.status.LagReport;
import io.millrace.launcher.status.StatusReport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what runs, and how well. */
@Command(
        name = "status",
        description = "Services, ports, jobs, rows, lag, checkpoints, memory.",
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        DataFolder folder = data.folder();
        StatusReport report = StatusReport.of(PlatformState.running(folder), folder);
        if (json) {
            System.out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
        } else {
            print(report);
        }
        return report.healthy() ? 0 : 1;
    }

    private static void print(StatusReport report) {
        System.out.println("platform " + report.phase() + " with app " + report.app());
        TextTable services = new TextTable(List.of("service", "state", "pid", "port", "restarts", "PSS MiB"));
        report.services()
                .forEach(service -> services.add(List.of(
                        service.name(),
                        service.state(),
                        service.pid() == 0 ? "-" : String.valueOf(service.pid()),
                        service.port() == 0 ? "-" : String.valueOf(service.port()),
                        String.valueOf(service.restarts()),
                        String.valueOf(service.pssMebibytes()))));
        System.out.print(services);
        System.out.println("memory of all: " + report.pssMebibytes() + " MiB now, "
                + known(report.pssOneMinuteAfterMebibytes(), " MiB") + " one minute after the start");
        TextTable jobs = new TextTable(List.of("job", "state", "checkpoint", "age s", "restored from", "note"));
        report.jobs()
                .forEach(job -> jobs.add(List.of(
                        job.name(),
                        job.state(),
                        known(job.checkpoint(), ""),
                        job.checkpointAgeMillis() < 0
                                ? "-"
                                : String.format(Locale.ROOT, "%.1f", job.checkpointAgeMillis() / 1000.0),
                        known(job.restoredCheckpoint(), ""),
                        job.message())));
        System.out.print(jobs);
        TextTable agents = new TextTable(
                List.of("agent", "rows", "results", "waiting", "dead letters", "model calls", "hits", "failures"));
        report.agents()
                .forEach(agent -> agents.add(List.of(
                        agent.name(),
                        known(agent.rows(), ""),
                        known(agent.results(), ""),
                        known(agent.backlog(), ""),
                        known(agent.deadLetters(), ""),
                        known(agent.calls(), ""),
                        known(agent.hits(), ""),
                        known(agent.failures(), ""))));
        if (!report.agents().isEmpty()) {
            System.out.print(agents);
        }
        if (report.files() != null) {
            FileReport files = report.files();
            System.out.println("files: " + known(files.files(), " seen, ") + known(files.contents(), " contents, ")
                    + known(files.read(), " read, ") + known(files.pending(), " pending, ")
                    + known(files.refused(), " refused"));
        }
        TextTable tables = new TextTable(List.of("table", "rows"));
        report.rows().forEach((table, rows) -> tables.add(List.of(table, known(rows, ""))));
        System.out.print(tables);
        TextTable tiered = new TextTable(List.of("hot table", "lake snapshot", "changes behind", "behind s"));
        report.tiered()
                .forEach(table -> tiered.add(List.of(
                        table.table(),
                        String.valueOf(table.snapshot()),
                        String.valueOf(table.changesBehind()),
                        table.behindMillis() < 0
                                ? "-"
                                : String.format(Locale.ROOT, "%.1f", table.behindMillis() / 1000.0))));
        if (!report.tiered().isEmpty()) {
            System.out.print(tiered);
        }
        report.lags()
                .forEach(lag -> System.out.println("lag of " + lag.source() + ", measured now: " + lag(lag.lakeMillis())
                        + " to the lake"
                        + (lag.hotStoreMillis() == null
                                ? ""
                                : ", " + lag(lag.hotStoreMillis()) + " to the hot store")));
        System.out.println("up to the first row: by SQL "
                + known(report.firstRowBySqlMillis(), " ms") + ", by the API "
                + known(report.firstRowByApiMillis(), " ms") + "; to the first agent's result: "
                + known(report.firstResultMillis(), " ms"));
        report.complaints().forEach(complaint -> System.out.println("! " + complaint));
    }

    private static String lag(long millis) {
        return millis < 0 ? "more than " + LagReport.LIMIT.toSeconds() + " s" : millis + " ms";
    }

    private static String known(long value, String unit) {
        return value < 0 ? "-" : value + unit;
    }
}
