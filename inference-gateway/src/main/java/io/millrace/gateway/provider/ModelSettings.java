package io.millrace.gateway.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.service.Nearest;
import io.millrace.service.SettingsException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A model as the settings name it.
 *
 * @param url the base of its OpenAI API, without a slash at the end
 * @param model its name there
 * @param keyVariable the environment variable that holds the provider's key, or ""
 * @param timeoutSeconds how long one try may take, to its last byte
 * @param maxConcurrent calls in flight at most
 * @param inputPricePerMillion what a million prompt tokens cost, in the currency of the ledger's cost column
 * @param outputPricePerMillion what a million completion tokens cost
 */
public record ModelSettings(
        URI url,
        String model,
        String keyVariable,
        int timeoutSeconds,
        int maxConcurrent,
        BigDecimal inputPricePerMillion,
        BigDecimal outputPricePerMillion) {
    private static final List<String> KEYS = List.of(
            "url",
            "model",
            "keyVariable",
            "timeoutSeconds",
            "maxConcurrent",
            "inputPricePerMillion",
            "outputPricePerMillion");

    public ModelSettings {
        if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw wrong("url", url.toString(), "an address such as http://127.0.0.1:18090/v1");
        }
        if (url.getUserInfo() != null) {
            throw new SettingsException("'url' of a model holds credentials: name their variable with keyVariable");
        }
        check(!model.isBlank(), "model", model, "the model's name at its provider");
        check(timeoutSeconds >= 1, "timeoutSeconds", timeoutSeconds, "at least 1 second");
        check(maxConcurrent >= 1, "maxConcurrent", maxConcurrent, "at least 1 call");
        check(inputPricePerMillion.signum() >= 0, "inputPricePerMillion", inputPricePerMillion, "0 or more");
        check(outputPricePerMillion.signum() >= 0, "outputPricePerMillion", outputPricePerMillion, "0 or more");
    }

    /** From the settings file; what is not given has its default. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ModelSettings of(ObjectNode node) {
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new SettingsException("unknown key '" + key + "' of a model" + Nearest.hint(key, KEYS));
            }
        });
        String url = node.path("url").asText().replaceAll("/+$", "");
        try {
            return new ModelSettings(
                    URI.create(url),
                    node.path("model").asText(),
                    node.path("keyVariable").asText(""),
                    number(node, "timeoutSeconds", "60").intValueExact(),
                    number(node, "maxConcurrent", "64").intValueExact(),
                    number(node, "inputPricePerMillion", "0"),
                    number(node, "outputPricePerMillion", "0"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong("url", url, "a URL and whole seconds and calls: " + e.getMessage());
        }
    }

    private static BigDecimal number(JsonNode node, String key, String otherwise) {
        String text = node.path(key).asText(otherwise);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw wrong(key, text, "a number");
        }
    }

    private static void check(boolean fine, String key, Object value, String expected) {
        if (!fine) {
            throw wrong(key, value, expected);
        }
    }

    private static SettingsException wrong(String key, Object value, String expected) {
        return new SettingsException(
                String.format(Locale.ROOT, "'%s' of a model has the value '%s': expected %s", key, value, expected));
    }
}
