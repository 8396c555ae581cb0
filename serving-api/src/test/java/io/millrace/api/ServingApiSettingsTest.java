package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.service.Settings;
import io.millrace.service.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServingApiSettingsTest {
    private static ServingApiSettings load(Map<String, String> environment) {
        return Settings.load(ServingApiSettings.class, "serving-api", null, environment);
    }

    @Test
    void onlyTheAppHasNoDefault() {
        assertThat(load(Map.of("MILLRACE_SERVING_API_APP", "apps/shop")))
                .isEqualTo(new ServingApiSettings(
                        "127.0.0.1",
                        8080,
                        "apps/shop",
                        "jdbc:mysql://127.0.0.1:9030/",
                        "root",
                        "",
                        4,
                        1000,
                        30,
                        16,
                        "",
                        "data/api",
                        "http://127.0.0.1:18091/v1",
                        "",
                        "embed",
                        "lucene",
                        "",
                        1000,
                        10,
                        4,
                        4));
        assertThatThrownBy(() -> load(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("MILLRACE_SERVING_API_APP");
    }

    @Test
    void passwordComesFromTheEnvironmentAndIsNotShown() {
        ServingApiSettings settings = load(Map.of(
                "MILLRACE_SERVING_API_APP",
                "apps/shop",
                "MILLRACE_SERVING_API_SQL_PASSWORD",
                Api.PASSWORD,
                "MILLRACE_SERVING_API_GATEWAY_KEY",
                Api.PASSWORD));
        assertThat(settings.sqlPassword()).isEqualTo(Api.PASSWORD);
        assertThat(settings.gatewayKey()).isEqualTo(Api.PASSWORD);
        assertThat(settings.toString()).doesNotContain(Api.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://root:hunter2-never-shown@127.0.0.1:9030/",
                "jdbc:mysql://127.0.0.1:9030/?password=hunter2-never-shown",
                "jdbc:postgresql://127.0.0.1/?x=hunter2-never-shown"
            })
    void addressWithCredentialsIsRefusedWithoutShowingThem(String url) {
        assertThatThrownBy(() ->
                        load(Map.of("MILLRACE_SERVING_API_APP", "apps/shop", "MILLRACE_SERVING_API_SQL_URL", url)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'sqlUrl'")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 70000, port",
        "POOL_SIZE, 0, poolSize",
        "MAX_ROWS, 0, maxRows",
        "QUERY_TIMEOUT_SECONDS, 0, queryTimeoutSeconds",
        "SEARCH_ENGINE, solr, searchEngine",
        "CHANGES_HEARTBEAT_SECONDS, 60, changesHeartbeatSeconds",
        "GATEWAY_URL, 127.0.0.1:18091, gatewayUrl"
    })
    void valueOutOfRangeNamesKeyAndValue(String variable, String value, String key) {
        assertThatThrownBy(() -> load(
                        Map.of("MILLRACE_SERVING_API_APP", "apps/shop", "MILLRACE_SERVING_API_" + variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'" + key + "'")
                .hasMessageContaining("'" + value + "'");
    }
}
