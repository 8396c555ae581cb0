package io.millrace.launcher.deploy;

import io.millrace.app.AgentCompiler;
import io.millrace.app.App;
import io.millrace.app.EmbeddingCompiler;
import io.millrace.app.IngestCompiler;
import io.millrace.app.JobCompiler;
import io.millrace.app.Pipeline;
import io.millrace.app.ReadCompiler;
import io.millrace.app.TieringCompiler;
import io.millrace.app.agent.Agent;
import io.millrace.app.sql.TableReference;
import io.millrace.launcher.layout.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The jobs of an app: its pipelines and its agents, and the platform's own for files and search where the app has them.
 *
 * @param app with its tables as the lake has stored them
 * @param ingestionJar jar of all jobs but the agents'
 */
public record Jobs(App app, Services services, JobJar ingestionJar, JobJar agentJar) {
    private static final String PIPELINE = "io.millrace.ingestion.PipelineJob";
    private static final String INGEST = "io.millrace.ingestion.media.IngestJob";
    private static final String READ = "io.millrace.ingestion.media.ReadJob";
    private static final String EMBEDDING = "io.millrace.ingestion.embedding.EmbeddingJob";
    private static final String TIERING = "io.millrace.ingestion.tiering.TieringJob";
    private static final String AGENT = "io.millrace.agent.job.AgentJob";

    List<Job> all() {
        List<Job> jobs = new ArrayList<>();
        app.pipelines().forEach(pipeline -> jobs.add(pipeline(pipeline)));
        app.agents().forEach(agent -> jobs.add(agent(agent)));
        String warehouse = services.warehouse().uri();
        if (!app.folders().isEmpty()) {
            jobs.add(platformJob(
                    IngestCompiler.JOB,
                    INGEST,
                    new IngestCompiler(app, warehouse, services.folders())::compile,
                    List.of(),
                    List.of("media.contents", "media.files")));
            jobs.add(platformJob(
                    ReadCompiler.JOB,
                    READ,
                    new ReadCompiler(app, warehouse, services.documentReader(), services.gatewayApi())::compile,
                    List.of("media.contents"),
                    List.of("media.documents", "media.thumbnails")));
        }
        if (!app.search().isEmpty()) {
            jobs.add(platformJob(
                    EmbeddingCompiler.JOB,
                    EMBEDDING,
                    new EmbeddingCompiler(app, warehouse, services.gatewayApi())::compile,
                    app.search().stream().map(index -> index.table()).toList(),
                    List.of("ai.chunks")));
        }
        if (!app.tieredTables().isEmpty()) {
            jobs.add(platformJob(
                    TieringCompiler.JOB,
                    TIERING,
                    new TieringCompiler(app, warehouse, services.hotStore())::compile,
                    List.of(),
                    List.of()));
        }
        return jobs;
    }

    private Job pipeline(Pipeline pipeline) {
        JobCompiler compiler = new JobCompiler(
                app,
                new JobCompiler.Addresses(
                        services.warehouse().uri(), services.kafka(), services.gatewayApi(), services.hotStore()));
        List<TableReference> lake = of("lake", pipeline);
        Stream<String> hot = of("hot", pipeline).stream().map(TableReference::name);
        return new Job(
                pipeline.name(),
                ingestionJar,
                PIPELINE,
                epoch -> compiler.compile(pipeline, Deployment.consumerGroup(app.name(), pipeline.name(), epoch))
                        .arguments(),
                Stream.concat(lake.stream().map(Jobs::name), hot).toList(),
                lake.stream().filter(TableReference::written).map(Jobs::name).toList());
    }

    private static List<TableReference> of(String catalog, Pipeline pipeline) {
        return pipeline.references().stream()
                .filter(reference -> reference.catalog().equals(catalog))
                .toList();
    }

    private Job platformJob(
            String name, String entryClass, Supplier<String> spec, List<String> read, List<String> written) {
        return new Job(
                name,
                ingestionJar,
                entryClass,
                epoch -> List.of(spec.get()),
                Stream.concat(read.stream(), written.stream()).toList(),
                written);
    }

    private Job agent(Agent agent) {
        AgentCompiler compiler = new AgentCompiler(
                app,
                services.warehouse().uri(),
                services.databases().lake().url(),
                services.databases().lake().user(),
                services.gatewayApi(),
                services.hotStore());
        List<String> written = List.of(agent.output().table(), agent.output().historyTable());
        List<String> all = new ArrayList<>(written);
        all.add(agent.trigger().table());
        if (agent.trigger().also() != null) {
            all.add(agent.trigger().also().table());
        }
        agent.lookups().forEach(lookup -> all.add("hot." + lookup.table()));
        if (agent.output().hot() != null) {
            all.add("hot." + agent.output().hot().table());
        }
        return new Job(agent.name(), agentJar, AGENT, epoch -> List.of(compiler.compile(agent)), all, written);
    }

    private static String name(TableReference reference) {
        return reference.database() + "." + reference.table();
    }
}
