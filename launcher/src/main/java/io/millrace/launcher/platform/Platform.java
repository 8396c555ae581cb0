package io.millrace.launcher.platform;

import io.millrace.app.App;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Ports;
import io.millrace.launcher.layout.Secrets;
import io.millrace.launcher.layout.Services;
import io.millrace.launcher.supervise.Supervisor;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One platform without Docker: brought up, kept as its app says, brought down. */
public final class Platform implements AutoCloseable {
    private final App app;
    private final DataFolder data;
    private final double actionsPerSecond;
    private final Progress progress;
    private final Services services;
    private final Programs programs;
    private final Supervisor supervisor;
    private final StateKeeper state;
    private final Keeper keeper;

    public Platform(
            App app,
            Installation installation,
            DataFolder data,
            Ports ports,
            double actionsPerSecond,
            long startedAtMillis,
            Progress progress) {
        this.app = app;
        this.data = data;
        this.actionsPerSecond = actionsPerSecond;
        this.progress = progress;
        Secrets secrets = Secrets.load(data, app, System.getenv());
        this.services = Services.local(ports, data, secrets);
        this.programs = new Programs(app, installation, data, ports, secrets, services);
        this.state = new StateKeeper(data, app.folder().toString(), ports, startedAtMillis);
        this.supervisor = new Supervisor(data, this::programsChanged);
        this.keeper = new Keeper(app, installation, data, services, new Supervised(), state, progress);
    }

    private void programsChanged() {
        state.programs(supervisor.status());
    }

    private final class Supervised implements Keeper.Watched {
        @Override
        public boolean logReady() {
            return supervisor.ready("event-log");
        }

        @Override
        public boolean flinkReady() {
            return supervisor.ready("compute");
        }

        @Override
        public void endpointsChanged() throws InterruptedException {
            supervisor.restart("serving-api");
            progress.await("the serving API with its changed endpoints", () -> supervisor.ready("serving-api"));
        }
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
        if (!app.hotTables().isEmpty()) {
            supervisor.keep(programs.hotStore());
        }
        App stored = keeper.createTables();
        CompletableFuture<Void> sources = CompletableFuture.runAsync(this::bringUpSources);
        progress.await("Flink", () -> supervisor.ready("compute"));
        keeper.createHotTables();
        sources.join();
        if (!app.folders().isEmpty()) {
            supervisor.keep(programs.documentReader());
        }
        supervisor.keep(programs.lakeSql());
        supervisor.keep(programs.servingApi());
        CompletableFuture<Void> reading = CompletableFuture.runAsync(this::awaitReaders);
        Deployer deployer = keeper.deployJobs(stored);
        app.seeded()
                .filter(source -> actionsPerSecond > 0)
                .ifPresent(source -> supervisor.keep(programs.traffic(source, actionsPerSecond)));
        reading.join();
        state.phase("ready");
        inBackground("keeper", () -> keeper.keep(deployer));
        inBackground("scales", state::weighAfterOneMinute);
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void bringUpSources() {
        try {
            progress.await("PostgreSQL", () -> supervisor.ready("source-db"));
            keeper.prepareSources();
            keeper.prepareFolders();
            supervisor.keep(programs.gateway());
            supervisor.keep(programs.localModels());
            progress.await("Kafka and Kafka Connect", () -> supervisor.ready("event-log"));
            keeper.createTopics();
            // The gateway makes the ledger's tables, which a connector captures.
            progress.await("the inference gateway", () -> supervisor.ready("inference-gateway"));
            keeper.registerConnectors();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the first row can be read both ways, while jobs are still submitted. */
    private void awaitReaders() {
        try {
            progress.await("lake-sql", () -> supervisor.ready("lake-sql"));
            Optional<String> table = app.firstTable();
            if (table.isPresent()) {
                progress.await("first row readable by SQL", () -> FirstRow.bySql(table.get(), services.databases()));
                state.firstRowBySql();
            }
            progress.await(
                    "the serving API",
                    () -> supervisor.ready("serving-api") && HttpProbe.answers(services.servingApi() + "/ready"));
            state.firstRowByApi();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        keeper.close();
        state.phase("stopping");
        supervisor.close();
        state.programs(supervisor.status());
        state.phase("stopped");
    }

    /** Says in the state file that the start failed. */
    public void failed(String reason) {
        state.jobs(java.util.List.of(), java.util.List.of(reason));
        state.phase("failed");
    }
}
