package io.millrace.models;

import io.millrace.service.SettingsException;

/** Settings of the models; {@code local-models.yaml} says what each one means. */
public record LocalModelsSettings(
        String host,
        int port,
        String chatModel,
        String chatModelSha256,
        int threads,
        int contextTokens,
        int answerTokens,
        int waiting,
        double toolThreshold) {
    public LocalModelsSettings {
        check(port >= 0 && port <= 65535, "port", port, "a port from 0 to 65535");
        check(
                chatModelSha256.isEmpty() || chatModelSha256.matches("[0-9a-fA-F]{64}"),
                "chatModelSha256",
                chatModelSha256,
                "64 hexadecimal digits or nothing");
        check(threads >= 1 && threads <= 64, "threads", threads, "1 to 64 threads");
        check(contextTokens >= 256 && contextTokens <= 8192, "contextTokens", contextTokens, "256 to 8192 tokens");
        check(answerTokens >= 1, "answerTokens", answerTokens, "at least 1 token");
        check(waiting >= 0 && waiting <= 1024, "waiting", waiting, "0 to 1024 requests");
        check(toolThreshold >= -1 && toolThreshold <= 1, "toolThreshold", toolThreshold, "a cosine from -1 to 1");
    }

    private static void check(boolean fine, String key, Object value, String expected) {
        if (!fine) {
            throw new SettingsException(
                    "setting '" + key + "' of local-models has the value '" + value + "': expected " + expected);
        }
    }
}
