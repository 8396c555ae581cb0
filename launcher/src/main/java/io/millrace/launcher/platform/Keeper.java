package io.millrace.launcher.platform;

import io.millrace.app.App;
import io.millrace.app.HotRebuild;
import io.millrace.app.IngestCompiler;
import io.millrace.app.Source;
import io.millrace.app.TieringCompiler;
import io.millrace.demo.Seed;
import io.millrace.hot.HotConnection;
import io.millrace.lake.Lake;
import io.millrace.launcher.deploy.Connectors;
import io.millrace.launcher.deploy.DeployRequest;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.deploy.Doris;
import io.millrace.launcher.deploy.FlinkRest;
import io.millrace.launcher.deploy.HotDeployment;
import io.millrace.launcher.deploy.JobJar;
import io.millrace.launcher.deploy.JobStatus;
import io.millrace.launcher.deploy.Jobs;
import io.millrace.launcher.deploy.Topics;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.verify.HotCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an app's tables, topics, connectors and jobs to what its files say, and keeps them there. */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final long LOOK_MILLIS = 2000;
    private static final Duration DORIS_PATIENCE = Duration.ofMinutes(15);

    /** The services the keeper works on. */
    interface Watched {
        /** Whether Kafka and Kafka Connect can be asked. */
        boolean logReady();

        boolean flinkReady();

        /** Called after the app's endpoints have changed. */
        void endpointsChanged() throws InterruptedException;
    }

    private final Installation installation;
    private final DataFolder data;
    private final Services services;
    private final Watched watched;
    private final StateKeeper state;
    private final Progress progress;
    private final Connectors connectors;
    private final FlinkRest flink;
    private App app;
    private TieringWatch tiering;
    private volatile boolean closing;

    Keeper(
            App app,
            Installation installation,
            DataFolder data,
            Services services,
            Watched watched,
            StateKeeper state,
            Progress progress) {
        this.app = fitting(app, services);
        this.installation = installation;
        this.data = data;
        this.services = services;
        this.watched = watched;
        this.state = state;
        this.progress = progress;
        this.connectors = new Connectors(services.connect());
        this.flink = new FlinkRest(services.flink());
        this.tiering = TieringWatch.of(this.app.tieredTables(), services.hotStore());
    }

    /** Pipelines that feed Doris are jobs where it is. */
    private static App fitting(App app, Services services) {
        return services.doris().isPresent() ? app.withDorisPipelines() : app;
    }

    /** Makes the marker tables of the databases the platform runs, and loads their seeds. */
    void prepareSources() throws SQLException, IOException {
        for (Source.Cdc source : app.databases()) {
            if (source.hosted()) {
                prepare(source);
            }
        }
    }

    private void prepare(Source.Cdc source) throws SQLException, IOException {
        try (Connection connection = services.databases().connectToSource(source.name());
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

    /** Makes the folders the app watches for files, and copies the demo's files there. */
    void prepareFolders() throws IOException {
        IngestCompiler compiler = new IngestCompiler(app, services.warehouse().uri(), services.folders());
        for (Source.Folder source : app.folders()) {
            Optional<Path> seed = source.seed().map(app.folder()::resolve);
            if (SeedFiles.copyOnce(seed, services.warehouse(), compiler.uri(source))) {
                progress.done("seed files of " + source.name());
            }
        }
    }

    /** Returns the app with its tables as the lake holds them. */
    App createTables() throws Exception {
        try (Lake lake = Lake.open(services.warehouse())) {
            lake.ensure(app.tables()).forEach(progress::done);
            return app.withTables(lake.asStored(app.tables()));
        }
    }

    /** Makes the hot store's tables, once it is there. */
    void createHotTables() throws Exception {
        if (app.hotTables().isEmpty()) {
            return;
        }
        progress.await("the hot store", () -> HotConnection.listens(services.hotStore()));
        try (HotDeployment hot = new HotDeployment(app, services)) {
            hot.ensure().forEach(progress::done);
        }
    }

    /** Waits for Doris, where there is one, and applies what the app gives it. */
    void giveDoris() throws InterruptedException {
        if (services.doris().isPresent()) {
            Services.DorisRoot root = services.doris().get();
            new Doris(root.host(), root.port(), root.password(), System.getenv(), DORIS_PATIENCE)
                    .apply(app.doris().statements());
            progress.done("Doris has its catalog, tables, views and users");
        }
    }

    void createTopics() throws IOException, InterruptedException {
        Topics.ensure(app, services.kafka());
    }

    void registerConnectors() throws IOException, InterruptedException {
        progress.await("topics and connectors of " + app.name(), () -> connectors.register(app.databases()));
    }

    /** Submits the jobs and returns who goes on deploying them. */
    Deployer deployJobs(App stored) throws IOException, InterruptedException {
        Deployer deployer = deployer(stored);
        List<JobStatus> jobs = deployer.reconcile(Map.of());
        state.jobs(jobs, List.of());
        jobs.forEach(job -> progress.done(
                "job " + job.name() + " " + job.state() + (job.message().isEmpty() ? "" : ": " + job.message())));
        return deployer;
    }

    private Deployer deployer(App stored) throws IOException {
        Jobs jobs = new Jobs(
                stored,
                services,
                JobJar.of(installation.jar("ingestion-jobs")),
                JobJar.of(installation.jar("agent-jobs")));
        return new Deployer(jobs, flink, services, data.deployments());
    }

    /** Looks at connectors and jobs again and again, mends what it finds, and takes over changed files when asked. */
    void keep(Deployer first) {
        Deployer deployer = first;
        while (!closing) {
            List<String> complaints = new ArrayList<>();
            List<JobStatus> jobs = waiting();
            try {
                Optional<DeployRequest> request = DeployRequest.take(data);
                if (request.isPresent()) {
                    deployer = takeOver(fitting(App.load(app.folder()), services));
                }
                boolean logReady = watched.logReady();
                if (logReady) {
                    complaints.addAll(connectors.reconcile(app.databases()));
                }
                if (logReady && watched.flinkReady()) {
                    if (request.isPresent() && !request.get().rebuilt().tables().isEmpty()) {
                        rebuild(request.get(), deployer);
                    }
                    if (tiering.isStalled()) {
                        log.warn(
                                "hot tables are behind in the lake and come no further: job {} begins anew",
                                TieringCompiler.JOB);
                        deployer.cancel(Set.of(TieringCompiler.JOB));
                    }
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

    /** Makes hot tables anew; what its jobs do then, the deployer decides. */
    private void rebuild(DeployRequest request, Deployer deployer) throws Exception {
        HotRebuild hot = request.rebuilt();
        log.info("making {} anew", hot.tables());
        deployer.cancel(request.resting());
        try (HotDeployment tables = new HotDeployment(app, services)) {
            tables.empty(HotRebuild.definitions(app, hot.tables()));
        }
        HotCopy.results(app, services, hot.agents());
    }

    private void lookForFirstResult() {
        if (state.awaitsResult()
                && !app.agents().isEmpty()
                && FirstRow.bySql(app.agents().get(0).output().table(), services.databases())) {
            state.firstResult();
        }
    }

    /** Makes what the changed files ask for besides jobs, and returns who deploys those. */
    private Deployer takeOver(App changed) throws Exception {
        boolean endpointsChanged = !changed.endpoints().equals(app.endpoints());
        app = changed;
        Deployer deployer = deployer(createTables());
        createHotTables();
        tiering.close();
        tiering = TieringWatch.of(app.tieredTables(), services.hotStore());
        giveDoris();
        createTopics();
        if (endpointsChanged) {
            log.info("endpoints have changed");
            watched.endpointsChanged();
        }
        return deployer;
    }

    private List<JobStatus> waiting() {
        return app.jobNames().stream()
                .map(job -> new JobStatus(job, "", "waiting", "Flink or Kafka is not ready"))
                .toList();
    }

    void close() {
        closing = true;
    }
}
