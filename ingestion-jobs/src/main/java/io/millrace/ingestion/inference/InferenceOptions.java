package io.millrace.ingestion.inference;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code CREATE MODEL … WITH ('provider' = 'millrace', …)}. */
final class InferenceOptions {
    static final String ONE_OF = "one-of.";

    static final ConfigOption<String> MODEL = ConfigOptions.key("model")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the model at the gateway.");
    static final ConfigOption<String> GATEWAY = ConfigOptions.key("gateway")
            .stringType()
            .noDefaultValue()
            .withDescription("Base URL of the inference gateway, to which /chat/completions is added.");
    static final ConfigOption<String> PROMPT_TEXT = ConfigOptions.key("prompt-text")
            .stringType()
            .noDefaultValue()
            .withDescription("The prompt: {column} stands for an input column, {{name}} for {name} as it is; lines"
                    + " '--- system', '--- user' and '--- assistant' part it into messages.");
    static final ConfigOption<String> PROMPT = ConfigOptions.key("prompt")
            .stringType()
            .noDefaultValue()
            .withDescription("Name under which the gateway records the prompt.");
    static final ConfigOption<String> CALLER = ConfigOptions.key("caller")
            .stringType()
            .noDefaultValue()
            .withDescription("Who asks, as the gateway records it: the pipeline's name.");
    static final ConfigOption<String> KEY_VARIABLE = ConfigOptions.key("key-variable")
            .stringType()
            .defaultValue("MILLRACE_GATEWAY_KEY")
            .withDescription("Environment variable of the TaskManager that holds the gateway's key; unset means none.");
    static final ConfigOption<Duration> TIMEOUT = ConfigOptions.key("timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(90))
            .withDescription("How long one request may take; a row whose request takes longer has failed.");
    static final ConfigOption<Duration> RETRY_TIMEOUT = ConfigOptions.key("retry-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription("How long a row is tried again while the gateway is away or says 429 or 503.");
    static final ConfigOption<Double> TEMPERATURE =
            ConfigOptions.key("temperature").doubleType().defaultValue(0.0).withDescription("Sampling temperature.");
    static final ConfigOption<Integer> MAX_TOKENS = ConfigOptions.key("max-tokens")
            .intType()
            .noDefaultValue()
            .withDescription("Longest answer in tokens; unset leaves it to the gateway.");

    private InferenceOptions() {}
}
