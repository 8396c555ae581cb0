package io.millrace.ingestion.inference;

import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;

/** {@code 'provider' = 'millrace', 'model' = 'chat', 'gateway' = 'http://127.0.0.1:18091/v1', 'prompt-text' = '…'}. */
public final class InferenceModelFactory implements ModelProviderFactory {
    @Override
    public ModelProvider createModelProvider(Context context) {
        String name = context.getObjectIdentifier().getObjectName();
        Map<String, String> given = context.getCatalogModel().getOptions();
        require(name, given, InferenceOptions.MODEL, "'chat', the model's name at the gateway");
        require(name, given, InferenceOptions.GATEWAY, "'http://127.0.0.1:18091/v1', the gateway's base URL");
        require(name, given, InferenceOptions.PROMPT_TEXT, "'…', the prompt with {column} for each input column");
        FactoryUtil.ModelProviderFactoryHelper helper = FactoryUtil.createModelProviderFactoryHelper(this, context);
        helper.validateExcept(InferenceOptions.ONE_OF);
        try {
            return new InferenceProvider(
                    name,
                    InferenceModel.of(helper.getOptions(), given, context.getCatalogModel()),
                    context.getConfiguration());
        } catch (IllegalArgumentException e) {
            throw new ValidationException("model " + name + ": " + e.getMessage(), e);
        }
    }

    private static void require(String model, Map<String, String> given, ConfigOption<String> option, String fix) {
        if (given.getOrDefault(option.key(), "").isBlank()) {
            throw new ValidationException(
                    "model " + model + " has no '" + option.key() + "': add '" + option.key() + "' = " + fix);
        }
    }

    @Override
    public String factoryIdentifier() {
        return "millrace";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(InferenceOptions.MODEL, InferenceOptions.GATEWAY, InferenceOptions.PROMPT_TEXT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                InferenceOptions.PROMPT,
                InferenceOptions.CALLER,
                InferenceOptions.KEY_VARIABLE,
                InferenceOptions.TIMEOUT,
                InferenceOptions.RETRY_TIMEOUT,
                InferenceOptions.TEMPERATURE,
                InferenceOptions.MAX_TOKENS);
    }
}
