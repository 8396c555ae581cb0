package io.millrace.launcher.platform;

import io.millrace.app.App;
import io.millrace.app.Source;
import io.millrace.launcher.deploy.Deployer;
import io.millrace.launcher.layout.DataFolder;
import io.millrace.launcher.layout.Installation;
import io.millrace.launcher.layout.Services;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app's part of a platform whose services containers run: brought up once they are there, and kept. */
public final class FullStack implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FullStack.class);

    private final App app;
    private final Services services;
    private final Progress progress;
    private final StateKeeper state;
    private final Keeper keeper;

    /** @param data what the deployer itself keeps: what was deployed, and how it stands */
    public FullStack(
            App app,
            Installation installation,
            DataFolder data,
            Services services,
            long startedAtMillis,
            Progress progress) {
        this.app = app;
        this.services = services;
        this.progress = progress;
        this.state = new StateKeeper(data, app.folder().toString(), null, startedAtMillis);
        this.keeper = new Keeper(app, installation, data, services, new Probed(), state, progress);
    }

    private final class Probed implements Keeper.Watched {
        @Override
        public boolean logReady() {
            return HttpProbe.answers(services.connect() + "/connectors");
        }

        @Override
        public boolean flinkReady() {
            return HttpProbe.answers(services.flink() + "/overview");
        }

        @Override
        public void endpointsChanged() {
            log.warn("endpoints have changed: docker compose restart serving-api takes them over");
        }
    }

    /** Waits for the services, brings the app up, and keeps it until this is closed. */
    public void run() throws Exception {
        state.phase("starting");
        progress.await("the source databases", this::sourcesReady);
        keeper.prepareSources();
        keeper.prepareFolders();
        progress.await("Kafka and Kafka Connect", new Probed()::logReady);
        keeper.createTopics();
        // The gateway makes the ledger's tables, which a connector captures.
        progress.await("the inference gateway", () -> HttpProbe.answers(gateway() + "/ready"));
        keeper.registerConnectors();
        App stored = keeper.createTables();
        keeper.createHotTables();
        keeper.giveDoris();
        progress.await("Flink", new Probed()::flinkReady);
        Deployer deployer = keeper.deployJobs(stored);
        Thread reader = new Thread(this::awaitReaders, "readers");
        reader.setDaemon(true);
        reader.start();
        state.phase("ready");
        keeper.keep(deployer);
    }

    private String gateway() {
        return services.gatewayApi().replaceFirst("/v1/?$", "");
    }

    private boolean sourcesReady() {
        for (Source.Cdc source : app.databases()) {
            if (source.hosted()) {
                try (Connection connection = services.databases().connectToSource(source.name())) {
                    connection.isValid(2);
                } catch (SQLException e) {
                    log.debug("source {} is not there yet", source.name(), e);
                    return false;
                }
            }
        }
        return true;
    }

    private void awaitReaders() {
        try {
            Optional<String> table = app.firstTable();
            if (table.isPresent()) {
                progress.await("first row readable by SQL", () -> FirstRow.bySql(table.get(), services.databases()));
                state.firstRowBySql();
            }
            progress.await("the serving API", () -> HttpProbe.answers(services.servingApi() + "/ready"));
            state.firstRowByApi();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.warn("{}", e.getMessage());
        }
    }

    @Override
    public void close() {
        keeper.close();
        state.phase("stopped");
    }

    /** Says in the state file that the start failed. */
    public void failed(String reason) {
        state.jobs(List.of(), List.of(reason));
        state.phase("failed");
    }
}
