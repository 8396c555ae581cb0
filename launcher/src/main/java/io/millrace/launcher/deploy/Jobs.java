package io.millrace.launcher.deploy;

import io.millrace.app.AgentCompiler;
import io.millrace.app.App;
import io.millrace.app.JobCompiler;
import io.millrace.app.Pipeline;
import io.millrace.app.agent.Agent;
import io.millrace.app.sql.TableReference;
import java.util.ArrayList;
import java.util.List;

/** The jobs of an app: its pipelines and its agents. */
public record Jobs(App app, JobCompiler pipelines, JobJar pipelineJar, AgentCompiler agents, JobJar agentJar) {
    private static final String PIPELINE = "io.millrace.ingestion.PipelineJob";
    private static final String AGENT = "io.millrace.agent.job.AgentJob";

    List<Job> all() {
        List<Job> jobs = new ArrayList<>();
        app.pipelines().forEach(pipeline -> jobs.add(job(pipeline)));
        app.agents().forEach(agent -> jobs.add(job(agent)));
        return jobs;
    }

    private Job job(Pipeline pipeline) {
        List<TableReference> lake = pipeline.references().stream()
                .filter(reference -> reference.catalog().equals("lake"))
                .toList();
        return new Job(
                pipeline.name(),
                pipelineJar,
                PIPELINE,
                epoch -> pipelines
                        .compile(pipeline, Deployment.consumerGroup(app.name(), pipeline.name(), epoch))
                        .arguments(),
                lake.stream().map(Jobs::name).toList(),
                lake.stream().filter(TableReference::written).map(Jobs::name).toList());
    }

    private Job job(Agent agent) {
        List<String> written = List.of(agent.output().table(), agent.output().historyTable());
        List<String> all = new ArrayList<>(written);
        all.add(agent.trigger().table());
        return new Job(agent.name(), agentJar, AGENT, epoch -> List.of(agents.compile(agent)), all, written);
    }

    private static String name(TableReference reference) {
        return reference.database() + "." + reference.table();
    }
}
