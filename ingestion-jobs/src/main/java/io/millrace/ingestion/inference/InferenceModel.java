package io.millrace.ingestion.inference;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.types.logical.LogicalType;
import org.jspecify.annotations.Nullable;

/**
 * A model as CREATE MODEL describes it, checked.
 *
 * @param endpoint where chat completions are asked for
 * @param inputs types of the input columns, in their order
 * @param maxTokens null leaves it to the gateway
 */
record InferenceModel(
        URI endpoint,
        String alias,
        Map<String, String> provenance,
        PromptTemplate prompt,
        List<LogicalType> inputs,
        AnswerShape answer,
        String keyVariable,
        Duration timeout,
        Duration retryTimeout,
        double temperature,
        @Nullable Integer maxTokens)
        implements Serializable {
    private static final List<String> INPUT_TYPES = List.of(
            "CHAR", "VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL");

    /**
     * @param given every option as written
     * @throws IllegalArgumentException when an option or a column cannot be what it is
     */
    static InferenceModel of(ReadableConfig options, Map<String, String> given, ResolvedCatalogModel model) {
        List<Column> inputs = model.getResolvedInputSchema().getColumns();
        inputs.forEach(InferenceModel::checkInput);
        Map<String, String> provenance = new LinkedHashMap<>();
        header(options.getOptional(InferenceOptions.CALLER), "caller")
                .ifPresent(caller -> provenance.put("Millrace-Caller", caller));
        header(options.getOptional(InferenceOptions.PROMPT), "prompt")
                .ifPresent(prompt -> provenance.put("Millrace-Prompt", prompt));
        return new InferenceModel(
                endpoint(options.get(InferenceOptions.GATEWAY)),
                options.get(InferenceOptions.MODEL),
                provenance,
                PromptTemplate.parse(
                        options.get(InferenceOptions.PROMPT_TEXT),
                        inputs.stream().map(Column::getName).toList()),
                inputs.stream()
                        .map(column -> column.getDataType().getLogicalType())
                        .toList(),
                AnswerShape.of(model.getResolvedOutputSchema().getColumns(), given),
                options.get(InferenceOptions.KEY_VARIABLE),
                positive(options.get(InferenceOptions.TIMEOUT)),
                options.get(InferenceOptions.RETRY_TIMEOUT),
                options.get(InferenceOptions.TEMPERATURE),
                options.getOptional(InferenceOptions.MAX_TOKENS).orElse(null));
    }

    /** The longest a row can go without an answer or a reason. */
    Duration longestWait() {
        return timeout.plus(retryTimeout);
    }

    private static void checkInput(Column column) {
        LogicalType type = column.getDataType().getLogicalType();
        if (!INPUT_TYPES.contains(type.getTypeRoot().name())) {
            throw new IllegalArgumentException("input column " + column.getName() + " is " + type.asSummaryString()
                    + ", which has no one text: declare it STRING and CAST what is passed");
        }
    }

    private static URI endpoint(String gateway) {
        URI uri = URI.create(gateway.replaceFirst("/+$", "") + "/chat/completions");
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "gateway '" + gateway + "' is no HTTP address: write it as http://127.0.0.1:18091/v1");
        }
        return uri;
    }

    private static Optional<String> header(Optional<String> value, String option) {
        if (value.isPresent() && !value.get().chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    option + " '" + value.get() + "' is sent as a header: write it in plain ASCII");
        }
        return value;
    }

    private static Duration positive(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("timeout is " + timeout.toMillis() + " ms: give each request some time");
        }
        return timeout;
    }
}
