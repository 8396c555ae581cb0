package io.millrace.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one pipeline asks of Flink, complete: ready to be handed to ingestion-jobs on any cluster.
 *
 * @param settings Flink configuration
 * @param preparations statements to run before the job, catalogs and sources first
 * @param inserts the statements that are the job
 */
public record JobScript(String name, Map<String, String> settings, List<String> preparations, List<String> inserts) {
    public JobScript {
        settings = Map.copyOf(settings);
        preparations = List.copyOf(preparations);
        inserts = List.copyOf(inserts);
    }

    /** The same script with settings added or replaced. */
    public JobScript with(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(changed);
        return new JobScript(name, all, preparations, inserts);
    }

    /** The arguments that {@code PipelineJob} understands. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        settings.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(setting -> {
            arguments.add("set");
            arguments.add(setting.getKey());
            arguments.add(setting.getValue());
        });
        for (String statement : preparations) {
            arguments.add("run");
            arguments.add(statement);
        }
        for (String statement : inserts) {
            arguments.add("insert");
            arguments.add(statement);
        }
        return arguments;
    }
}
