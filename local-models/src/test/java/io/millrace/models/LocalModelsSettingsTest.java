package io.millrace.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.Settings;
import io.millrace.service.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalModelsSettingsTest {
    private static LocalModelsSettings load(Map<String, String> environment) {
        return Settings.load(LocalModelsSettings.class, "local-models", null, environment);
    }

    @Test
    void onlyTheChatModelHasNoDefault() {
        assertThat(load(Map.of("MILLRACE_LOCAL_MODELS_CHAT_MODEL", "chat.gguf")))
                .isEqualTo(new LocalModelsSettings("127.0.0.1", 18090, "chat.gguf", "", 1, 2048, 512, 64, 0.2));
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("MILLRACE_LOCAL_MODELS_CHAT_MODEL");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 70000, port",
        "CHAT_MODEL_SHA256, abc, chatModelSha256",
        "THREADS, 0, threads",
        "CONTEXT_TOKENS, 100000, contextTokens",
        "WAITING, -1, waiting",
        "TOOL_THRESHOLD, 2.0, toolThreshold"
    })
    void valueOutOfRangeNamesKeyAndValue(String variable, String value, String key) {
        assertThatThrownBy(() -> load(Map.of(
                        "MILLRACE_LOCAL_MODELS_CHAT_MODEL", "chat.gguf", "MILLRACE_LOCAL_MODELS_" + variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("'" + value + "'");
    }
}
