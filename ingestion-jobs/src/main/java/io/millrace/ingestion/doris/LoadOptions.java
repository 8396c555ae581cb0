package io.millrace.ingestion.doris;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The options of {@code CREATE TEMPORARY TABLE … WITH ('connector' = 'millrace-doris', …)}. */
final class LoadOptions {
    static final ConfigOption<String> TABLE = ConfigOptions.key("table")
            .stringType()
            .noDefaultValue()
            .withDescription("The table in Doris: 'DATABASE.TABLE'.");
    static final ConfigOption<String> DEAD_LETTERS = ConfigOptions.key("dead-letters.warehouse")
            .stringType()
            .noDefaultValue()
            .withDescription("The lake whose ops.dead_letters gets the rows Doris refuses; filled in by the deployer.");
    static final ConfigOption<String> URL = ConfigOptions.key("url")
            .stringType()
            .noDefaultValue()
            .withDescription("HTTP address of Doris' FE, several by commas; else the TaskManager's "
                    + LoadTarget.URL_VARIABLE + ".");
    static final ConfigOption<String> USER = ConfigOptions.key("user")
            .stringType()
            .defaultValue("root")
            .withDescription("Who loads; needs LOAD on the table.");
    static final ConfigOption<String> PASSWORD_VARIABLE = ConfigOptions.key("password-variable")
            .stringType()
            .defaultValue("MILLRACE_DORIS_ADMIN_PASSWORD")
            .withDescription("Environment variable of the TaskManager that holds the user's password.");
    static final ConfigOption<String> SEQUENCE_COLUMN = ConfigOptions.key("sequence-column")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Of two rows with one key the one with the greater value stays, in whatever order they come.");
    static final ConfigOption<Boolean> TWO_PHASE_COMMIT = ConfigOptions.key("two-phase-commit")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Makes rows visible with the checkpoint they belong to, each once; for tables without key.");
    static final ConfigOption<String> LABEL_PREFIX = ConfigOptions.key("label-prefix")
            .stringType()
            .defaultValue("millrace")
            .withDescription("How the labels of loads begin; letters, digits, '_' and '-'.");
    static final ConfigOption<Integer> BATCH_ROWS = ConfigOptions.key("batch.rows")
            .intType()
            .defaultValue(10_000)
            .withDescription("A load is sent at the latest with so many rows, and at each checkpoint.");
    static final ConfigOption<MemorySize> BATCH_SIZE = ConfigOptions.key("batch.size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(8))
            .withDescription("A load is sent at the latest with so many bytes.");
    static final ConfigOption<Duration> TIMEOUT = ConfigOptions.key("timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(2))
            .withDescription("How long an answer may take; after it the load is asked for again under its label.");
    static final ConfigOption<Duration> RETRY_TIMEOUT = ConfigOptions.key("retry-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription("How long a load is tried while Doris is away or busy; then the job restarts.");

    private LoadOptions() {}
}
