package io.millrace.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as the app calls it.
 *
 * @param url OpenAI-compatible base address; empty for the platform's own local-models
 * @param model the provider's name for it
 * @param keyVariable environment variable with the provider's key
 * @param limits settings of the gateway for it, as written: timeoutSeconds, maxConcurrent, prices
 */
public record Model(
        String alias, Optional<String> url, String model, Optional<String> keyVariable, Map<String, String> limits) {
    /** What an app has that names no models. */
    static final List<Model> LOCAL = List.of(
            new Model("chat", Optional.empty(), "smollm2-135m-instruct", Optional.empty(), Map.of()),
            new Model("embed", Optional.empty(), "all-minilm-l6-v2", Optional.empty(), Map.of()));

    static final List<String> LIMITS =
            List.of("timeoutSeconds", "maxConcurrent", "inputPricePerMillion", "outputPricePerMillion");

    /** As the inference gateway's settings take it. */
    public Map<String, Object> settings(String localModels) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("url", url.orElse(localModels));
        settings.put("model", model);
        keyVariable.ifPresent(name -> settings.put("keyVariable", name));
        settings.putAll(limits);
        return settings;
    }
}
