package io.millrace.app;

import java.util.Map;

/** Flink settings that jobs have unless the app says otherwise. */
final class JobSettings {
    /** How often a job looks for new snapshots of a table. */
    static final String LOOKS_EVERY = "paimon.*.*.*.continuous.discovery-interval";

    /** Flink settings of every job unless app.yaml says otherwise. */
    static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("parallelism.default", "1"),
            Map.entry("pipeline.max-parallelism", "128"),
            Map.entry("execution.checkpointing.interval", "1 s"),
            Map.entry("execution.checkpointing.min-pause", "200 ms"),
            Map.entry("execution.checkpointing.timeout", "10 min"),
            Map.entry("execution.checkpointing.incremental", "true"),
            Map.entry("execution.checkpointing.num-retained", "2"),
            Map.entry("execution.checkpointing.tolerable-failed-checkpoints", "100"),
            Map.entry("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"),
            Map.entry("restart-strategy.type", "exponential-delay"),
            Map.entry("restart-strategy.exponential-delay.initial-backoff", "500 ms"),
            Map.entry("restart-strategy.exponential-delay.max-backoff", "15 s"),
            Map.entry("state.backend.type", "forst"),
            Map.entry("table.optimizer.agg-phase-strategy", "ONE_PHASE"),
            // Paimon merges by key itself and refuses Flink's own materializer.
            Map.entry("table.exec.sink.upsert-materialize", "NONE"),
            // A job that follows a table of the lake looks for new snapshots so often; Paimon's ten seconds add up.
            Map.entry(LOOKS_EVERY, "500 ms"),
            Map.entry("table.local-time-zone", "UTC"));

    /** Settings of a pipeline that asks models, unless it says otherwise. */
    static final Map<String, String> INFERENCE = Map.of(
            // Flink's ten rows in flight at a time keep a gateway idle.
            "table.exec.async-ml-predict.max-concurrent-operations", "64",
            // No checkpoint comes between two rows of a batch, and each row may wait seconds for its answer.
            "paimon.*.*.*.read.batch-size", "16");

    /** What agents need besides. */
    static final Map<String, String> AGENTS = Map.of(
            // The agent operator uses the synchronous state API, whose files ForSt would keep on the local disk.
            "state.backend.forst.sync.enforce-local", "false",
            // Without a limit the cache of those files holds them all.
            "state.backend.forst.cache.size-based-limit", "64 mb",
            "execution.checkpointing.interval", "3 s");

    /** What the job needs besides that fills ai.chunks. */
    static final Map<String, String> SEARCH = Map.of(
            "state.backend.forst.sync.enforce-local", "false",
            "state.backend.forst.cache.size-based-limit", "64 mb",
            "execution.checkpointing.interval", "3 s",
            // Lets it be restored at another parallelism, as JobCompiler does for pipelines.
            "paimon.lake.ai.chunks.sink.committer-operator-chaining", "false",
            "paimon.lake.ai.chunks.sink.operator-uid.suffix", "ai");

    private JobSettings() {}
}
