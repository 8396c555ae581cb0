package io.millrace.launcher.platform;

import io.millrace.app.AgentCompiler;
import io.millrace.app.App;
import io.millrace.app.JobCompiler;
import io.millrace.app.Source;
import io.millrace.demo.Seed;
import io.millrace.lake.Lake;
import io.millrace.launcher.deploy.Connectors;
import io.millrace.launcher.deploy.DeployRequest;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.deploy.FlinkRest;
import io.millrace.launcher.deploy.JobJar;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.deploy.Jobs;
import io.millrace.launcher.deploy.Topics;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import io.millrace.launcher.supervise.Supervisor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One platform without Docker: brought up, kept as its app says, brought down. */
public final class Platform implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Platform.class);
    private static final long LOOK_MILLIS = 2000;

    private volatile App app;
    private final Installation installation;
    private final DataFolder data;
    private final Ports ports;
    private final double actionsPerSecond;
    private final Progress progress;
    private final Programs programs;
    private final Databases databases;
    private final Supervisor supervisor;
    private final Connectors connectors;
    private final FlinkRest flink;
    private final StateKeeper state;
    private volatile boolean closing;

    public Platform(
            App app,
            Installation installation,
            DataFolder data,
            Ports ports,
            double actionsPerSecond,
            long startedAtMillis,
            Progress progress) {
        this.app = app;
        this.installation = installation;
        this.data = data;
        this.ports = ports;
        this.actionsPerSecond = actionsPerSecond;
        this.progress = progress;
        Secrets secrets = Secrets.load(data, app, System.getenv());
        this.programs = new Programs(app, installation, data, ports, secrets);
        this.databases = new Databases(ports, secrets);
        this.state = new StateKeeper(data, app.folder().toString(), ports, startedAtMillis);
        this.supervisor = new Supervisor(data, this::programsChanged);
        this.connectors = new Connectors(Ports.http(ports.connect()));
        this.flink = new FlinkRest(Ports.http(ports.flink()));
    }

    private void programsChanged() {
        state.programs(supervisor.status());
    }

    /** Ends what an earlier launcher, killed, left behind on the data folder. */
    public void endLeftovers() throws InterruptedException {
        Leftovers.end(data);
    }

    /** Brings everything up and returns when the app's first row is readable by SQL and the API answers. */
    public void start() throws Exception {
        state.phase("starting");
        supervisor.keep(programs.sourceDb());
        supervisor.keep(programs.eventLog());
        supervisor.keep(programs.compute());
        App lakeApp = createTables();
        CompletableFuture<Void> sources = CompletableFuture.runAsync(this::bringUpSources);
        progress.await("Flink", () -> supervisor.ready("compute"));
        sources.join();
        supervisor.keep(programs.lakeSql());
        supervisor.keep(programs.servingApi());
        CompletableFuture<Void> reading = CompletableFuture.runAsync(this::awaitReaders);
        Deployer deployer = deployer(lakeApp);
        List<JobStatus> jobs = deployer.reconcile(Map.of());
        state.jobs(jobs, List.of());
        jobs.forEach(job -> progress.done(
                "job " + job.name() + " " + job.state() + (job.message().isEmpty() ? "" : ": " + job.message())));
        app.seeded()
                .filter(source -> actionsPerSecond > 0)
                .ifPresent(source -> supervisor.keep(programs.traffic(source, actionsPerSecond)));
        reading.join();
        state.phase("ready");
        startKeeping(deployer);
    }

    /** Returns the app with its tables as the lake holds them. */
    private App createTables() throws Exception {
        try (Lake lake = Lake.open(data.warehouse())) {
            lake.ensure(app.tables()).forEach(progress::done);
            return app.withTables(lake.asStored(app.tables()));
        }
    }

    private Deployer deployer(App stored) throws IOException {
        Jobs jobs = new Jobs(
                stored,
                new JobCompiler(stored, data.warehouse(), ports.kafkaServers(), ports.gatewayApi()),
                JobJar.of(installation.jar("ingestion-jobs")),
                new AgentCompiler(stored, data.warehouse(), databases.sqlUrl(), Databases.SQL_USER, ports.gatewayApi()),
                JobJar.of(installation.jar("agent-jobs")));
        return new Deployer(jobs, flink, data);
    }

    private void bringUpSources() {
        try {
            progress.await("PostgreSQL", () -> supervisor.ready("source-db"));
            for (Source.Cdc source : app.databases()) {
                if (source.hosted()) {
                    prepare(source);
                }
            }
            supervisor.keep(programs.gateway());
            supervisor.keep(programs.localModels());
            progress.await("Kafka and Kafka Connect", () -> supervisor.ready("event-log"));
            Topics.ensure(app, ports.kafkaServers());
            // The gateway makes the ledger's tables, which a connector captures.
            progress.await("the inference gateway", () -> supervisor.ready("inference-gateway"));
            connectors.reconcile(app.databases());
            progress.done("topics and connectors of " + app.name());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the marker table of a database the platform runs, and loads its seed if it has one. */
    private void prepare(Source.Cdc source) throws SQLException, IOException {
        try (Connection connection = databases.source(source.name());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS millrace");
            statement.execute("CREATE TABLE IF NOT EXISTS millrace.markers"
                    + " (name TEXT PRIMARY KEY, value BIGINT NOT NULL, written_at TIMESTAMPTZ NOT NULL)");
            statement.execute("ALTER TABLE millrace.markers REPLICA IDENTITY FULL");
            if (source.seed().isPresent()
                    && Seed.loadOnce(
                            connection, app.folder().resolve(source.seed().get()))) {
                progress.done("seed rows of " + source.name());
            }
        }
    }

    /** Waits until the first row can be read both ways, while jobs are still submitted. */
    private void awaitReaders() {
        try {
            progress.await("lake-sql", () -> supervisor.ready("lake-sql"));
            Optional<String> table = app.firstTable();
            if (table.isPresent()) {
                progress.await("first row readable by SQL", () -> FirstRow.bySql(table.get(), databases));
                state.firstRowBySql();
            }
            progress.await(
                    "the serving API",
                    () -> supervisor.ready("serving-api") && HttpProbe.answers(ports.servingApi(), "/ready"));
            state.firstRowByApi();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startKeeping(Deployer deployer) {
        Thread keeper = new Thread(() -> keep(deployer), "keeper");
        keeper.setDaemon(true);
        keeper.start();
        Thread scales = new Thread(state::weighAfterOneMinute, "scales");
        scales.setDaemon(true);
        scales.start();
    }

    /** Looks at connectors and jobs again and again, mends what it finds, and takes over changed files when asked. */
    private void keep(Deployer first) {
        Deployer deployer = first;
        while (!closing) {
            List<String> complaints = new ArrayList<>();
            List<JobStatus> jobs = waiting();
            try {
                Optional<DeployRequest> request = DeployRequest.take(data);
                if (request.isPresent()) {
                    deployer = takeOver(App.load(app.folder()));
                }
                if (supervisor.ready("event-log")) {
                    complaints.addAll(connectors.reconcile(app.databases()));
                }
                if (supervisor.ready("compute") && supervisor.ready("event-log")) {
                    jobs = deployer.reconcile(request.map(DeployRequest::losses).orElse(Map.of()));
                }
                if (request.isPresent()) {
                    DeployRequest.answer(data, jobs);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                log.warn("a look at connectors and jobs failed: {}", e, e);
                complaints.add("a look at connectors and jobs failed: " + e.getMessage());
            }
            state.jobs(jobs, complaints);
            lookForFirstResult();
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void lookForFirstResult() {
        if (state.awaitsResult()
                && !app.agents().isEmpty()
                && FirstRow.bySql(app.agents().get(0).output().table(), databases)) {
            state.firstResult();
        }
    }

    /** Makes what the changed files ask for besides jobs, and returns who deploys those. */
    private Deployer takeOver(App changed) throws Exception {
        boolean endpointsChanged = !changed.endpoints().equals(app.endpoints());
        app = changed;
        Deployer deployer = deployer(createTables());
        Topics.ensure(app, ports.kafkaServers());
        if (endpointsChanged) {
            log.info("endpoints have changed: starting the serving API again");
            supervisor.restart("serving-api");
            progress.await("the serving API with its changed endpoints", () -> supervisor.ready("serving-api"));
        }
        return deployer;
    }

    private List<JobStatus> waiting() {
        return app.jobNames().stream()
                .map(job -> new JobStatus(job, "", "waiting", "Flink or Kafka is not ready"))
                .toList();
    }

    @Override
    public void close() {
        closing = true;
        state.phase("stopping");
        supervisor.close();
        state.programs(supervisor.status());
        state.phase("stopped");
    }

    /** Says in the state file that the start failed. */
    public void failed(String reason) {
        state.jobs(List.of(), List.of(reason));
        state.phase("failed");
    }
}
