package io.millrace.gateway;

import io.millrace.gateway.provider.ModelSettings;
import io.millrace.service.SettingsException;
import java.util.Locale;
import java.util.Map;

/** Settings of the gateway; {@code inference-gateway.yaml} says what each one means. */
public record InferenceGatewaySettings(
        String host,
        int port,
        String key,
        String ledgerUrl,
        String ledgerUser,
        String ledgerPassword,
        int ledgerPoolSize,
        int ledgerRetrySeconds,
        Map<String, ModelSettings> models,
        int maxAttempts,
        int maxTries,
        int retrySeconds,
        int queueSeconds,
        int maxBodyKilobytes,
        int maxAnswerKilobytes,
        int cacheMegabytes,
        int revisionSeconds,
        int shutdownSeconds) {
    public InferenceGatewaySettings {
        models = Map.copyOf(models);
        check("port", port, 0, 65535, "a port");
        check("ledgerPoolSize", ledgerPoolSize, 1, 64, "connections");
        check("ledgerRetrySeconds", ledgerRetrySeconds, 1, 3600, "seconds");
        check("maxAttempts", maxAttempts, 1, 10, "attempts");
        check("maxTries", maxTries, 1, 20, "tries");
        check("retrySeconds", retrySeconds, 1, 3600, "seconds");
        check("queueSeconds", queueSeconds, 1, 3600, "seconds");
        check("maxBodyKilobytes", maxBodyKilobytes, 1, 262_144, "KiB");
        check("maxAnswerKilobytes", maxAnswerKilobytes, 1, 262_144, "KiB");
        check("cacheMegabytes", cacheMegabytes, 1, 1024, "MiB");
        check("revisionSeconds", revisionSeconds, 1, 86_400, "seconds");
        check("shutdownSeconds", shutdownSeconds, 1, 60, "seconds");
        if (models.isEmpty()) {
            throw new SettingsException("setting 'models' of inference-gateway names no model: add one, as "
                    + "inference-gateway.yaml shows");
        }
        if (!ledgerUrl.startsWith("jdbc:postgresql://")) {
            throw new SettingsException("setting 'ledgerUrl' of inference-gateway must begin with jdbc:postgresql://");
        }
        if (ledgerUrl.contains("@") || ledgerUrl.toLowerCase(Locale.ROOT).matches(".*[?&](user|password)=.*")) {
            throw new SettingsException("setting 'ledgerUrl' of inference-gateway holds credentials: move them to "
                    + "ledgerUser and ledgerPassword");
        }
    }

    /** Without the key and the password. */
    @Override
    public String toString() {
        return "InferenceGatewaySettings[host=" + host + ", port=" + port + ", ledgerUrl=" + ledgerUrl + ", ledgerUser="
                + ledgerUser + ", models=" + models.keySet() + "]";
    }

    private static void check(String key, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            throw new SettingsException("setting '" + key + "' of inference-gateway has the value '" + value
                    + "': expected " + least + " to " + most + " (" + unit + ")");
        }
    }
}
